import fc from "fast-check";
import { expect, test } from "vitest";
import type { Diagnostic } from "../../src/diagnostics/diagnostic.ts";
import { evaluateText } from "../../src/templates/evaluate.ts";
import { TEMPLATE_FUNCTIONS } from "../../src/templates/functions.ts";
import { parseTemplate } from "../../src/templates/parse-template.ts";
import type { TemplateScope } from "../../src/templates/scope.ts";
import { computed, isComputed, type Value } from "../../src/templates/value.ts";

const names = [
  "known.text",
  "known.number",
  "known.list",
  "known.map",
  "known.none",
  "outputs.a.b",
  "unknown",
];
const argument = fc.oneof(fc.constantFrom(...names), fc.constantFrom("'x'", "1", "true", "null", "'${'"));
const call = fc
  .tuple(
    fc.constantFrom(...TEMPLATE_FUNCTIONS.keys(), "path", "nothing"),
    fc.array(argument, { maxLength: 4 }),
  )
  .map(([name, values]) => [name, ...values].join(" "));
const piece = fc.oneof(
  fc.string({ unit: "binary", maxLength: 5 }),
  fc.constantFrom(
    "{{",
    "}}",
    "{{{",
    "}}}",
    "{{#if x}}",
    "{{/if}}",
    "{{!",
    "--}}",
    "\\{{",
    "\\\\{{",
    "{{~",
    "{{&",
    "{{>",
    "(",
    ")",
    "|",
    "=",
    "../",
    "@",
    "[",
    "]",
    "this",
    "else",
    "\u0000",
    "\n",
    "\r",
  ),
  fc
    .oneof(
      argument,
      call,
      call.map((inner) => `lower (${inner})`),
    )
    .map((inner) => `{{${inner}}}`),
);
const templates = fc.array(piece, { maxLength: 6 }).map((parts) => parts.join(""));

const VALUES: Readonly<Record<string, Value>> = {
  "known.text": "text",
  "known.number": 5,
  "known.list": ["a", "b"],
  "known.map": new Map([["k", "v"]]),
  "known.none": null,
};
const scope = (range: Parameters<TemplateScope["name"]>[2]): TemplateScope => ({
  name: (path, _coordinates, at) => {
    const value = VALUES[path.join(".")];
    if (value !== undefined) return { status: "ok", value };
    const isOutput = path[0] === "outputs";
    if (!isOutput) return { status: "bad", code: "unknown-name", message: "no" };
    return {
      status: "ok",
      value: computed({
        kind: "output",
        instances: { kind: "one", address: "a" },
        output: "b",
        path: [],
        range: at ?? range,
      }),
    };
  },
  file: () => ({ status: "bad", code: "unknown-name", message: "no" }),
});

test("templates are read and evaluated without an exception, and mistakes lie in the text", () => {
  fc.assert(
    fc.property(templates, (text) => {
      parseTemplate(text);
      const file = { path: "a", text: `key: ${text}!` };
      const range = { file, start: 5, end: 5 + text.length };
      const found: Diagnostic[] = [];
      const value = evaluateText(text, range, scope(range), (one) => found.push(one));
      for (const one of found) {
        expect(one.range!.start).toBeGreaterThanOrEqual(range.start);
        expect(one.range!.end).toBeLessThanOrEqual(range.end);
      }
      // A mistake is told exactly where there is no value.
      const isInvalid = isComputed(value) && value.parts.length === 0;
      expect(isInvalid).toBe(found.length > 0);
    }),
    { numRuns: 3000 },
  );
});

test("text without braces is itself", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "binary" }).filter((text) => !text.includes("{{")),
      (text) => {
        const range = { file: { path: "", text }, start: 0, end: text.length };
        expect(evaluateText(text, range, scope(range), () => undefined)).toBe(text);
      },
    ),
  );
});

test("what is written with the escape arrives without it", () => {
  fc.assert(
    fc.property(
      fc.string({ maxLength: 10 }).filter((text) => !/[{}\\]/.test(text)),
      (text) => {
        const written = `${text}\\{{${text}}}`;
        const range = { file: { path: "", text: written }, start: 0, end: written.length };
        expect(evaluateText(written, range, scope(range), () => undefined)).toBe(`${text}{{${text}}}`);
      },
    ),
  );
});
