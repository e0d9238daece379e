import { UNKNOWN, type Value } from "./value.ts";

/**
 * A reference in a template: its name, what is taken of the value (`#last`: what stands after the last slash; `#bare`: a
 * name of DNS without its `*.`), and what stands there otherwise.
 */
export const REFERENCE = /\{([A-Za-z_][\w.]*)(#last|#bare)?(?:\|([^{}]*))?\}/g;

/** A template with its references looked up; one reference alone keeps the type of its value. */
export function expandTemplate(template: string, lookUp: (name: string) => Value): Value {
  const [only] = template.matchAll(REFERENCE);
  if (only?.[0] === template && only[2] === undefined && only[3] === undefined) return lookUp(only[1]!);
  const values = [...template.matchAll(REFERENCE)].map((match) => lookUp(match[1]!));
  if (values.includes(UNKNOWN)) return UNKNOWN;
  let at = 0;
  return template.replace(
    REFERENCE,
    (_, _name: string, part: string | undefined, otherwise: string | undefined) => {
      const text = textOf(values[at++]!, otherwise ?? "");
      if (part === "#bare") return text.replace(/^\*\./, "");
      return part === undefined ? text : text.slice(text.lastIndexOf("/") + 1);
    },
  );
}

/** The names that a template refers to; settings, which are in capitals, are left out. */
export function attributesIn(template: unknown): readonly string[] {
  if (typeof template === "string") {
    return [...template.matchAll(REFERENCE)].map((match) => match[1]!).filter((name) => !isSetting(name));
  }
  return typeof template === "object" && template !== null
    ? Object.values(template).flatMap(attributesIn)
    : [];
}

/** Whether a name in a template is a setting of the provider. */
export function isSetting(name: string): boolean {
  return /^[A-Z][A-Z0-9_]*$/.test(name);
}

function textOf(value: Value, otherwise: string): string {
  if (value === null || value === "") return otherwise;
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
