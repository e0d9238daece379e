import { isSetting, REFERENCE } from "./expand-template.ts";

/** What the references of a template stand for in a text, without settings; undefined where the text is another. */
export function matchTemplate(template: string, text: string): ReadonlyMap<string, string> | undefined {
  const match = patternOf(template).exec(text);
  if (match === null) return undefined;
  const references = [...template.matchAll(REFERENCE)];
  return new Map(
    references.flatMap(([, name, last], at): readonly (readonly [string, string])[] =>
      isSetting(name!) || last !== undefined ? [] : [[name!, match[at + 1]!]],
    ),
  );
}

const patterns = new Map<string, RegExp>();

function patternOf(template: string): RegExp {
  const known = patterns.get(template);
  if (known !== undefined) return known;
  const literals = template.replace(REFERENCE, "\0").split("\0");
  const escaped = literals.map((literal) => literal.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const pattern = new RegExp(`^${escaped.join("([^/]*)")}$`);
  patterns.set(template, pattern);
  return pattern;
}
