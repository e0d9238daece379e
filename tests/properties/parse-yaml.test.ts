import fc from "fast-check";
import { expect, test } from "vitest";
import { stringify } from "yaml";
import { compile } from "../../src/compile.ts";
import type { Diagnostic } from "../../src/diagnostics/diagnostic.ts";
import { renderDiagnostics } from "../../src/diagnostics/render.ts";
import { parseHcl } from "../../src/disk/hcl-parser.ts";
import type { Range } from "../../src/source/source.ts";
import type { SpecNode } from "../../src/spec/node.ts";
import { parseYaml } from "../../src/spec/parse-yaml.ts";
import { memorySources } from "../../src/source/memory-sources.ts";
import { BUCKET_MODULE, specs } from "./arbitrary-specs.ts";

const signs = fc.array(
  fc.constantFrom(
    "- ",
    ": ",
    "{",
    "}",
    "[",
    "]",
    ",",
    "&a ",
    "*a",
    "!raw ",
    "!unset",
    "!replace ",
    "!x ",
    "<<: ",
    "|\n",
    ">\n",
    "\n",
    "  ",
    "\t",
    "---\n",
    "...\n",
    "# c\n",
    '"',
    "'",
    "? ",
    "key",
    "1e999",
    "0x",
    "~",
    "@",
    "`",
    "\ufeff",
    "\u0000",
    "😀",
    "\r\n",
    "%TAG",
    "{{vars.a}}",
    "null",
    "yes",
  ),
  { maxLength: 30 },
);
const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 60 }),
  signs.map((parts) => parts.join("")),
);
/** A spec with pieces taken out, put in or doubled. */
const mutated = fc
  .tuple(specs, fc.array(fc.tuple(fc.nat(), fc.nat(20), anyText), { maxLength: 3 }))
  .map(([spec, edits]) =>
    edits.reduce((text, [at, length, piece]) => {
      const start = at % (text.length + 1);
      return text.slice(0, start) + piece + text.slice(start + length);
    }, stringify(spec)),
  );

function* rangesOf(node: SpecNode): Generator<Range> {
  yield node.range;
  if (node.kind === "list") for (const item of node.items) yield* rangesOf(item);
  if (node.kind === "map")
    for (const { keyRange, value } of node.entries.values()) {
      yield keyRange;
      yield* rangesOf(value);
    }
}

const lies = ({ file, start, end }: Range): boolean => 0 <= start && start <= end && end <= file.text.length;
const places = (diagnostic: Diagnostic): readonly Range[] => [
  ...(diagnostic.range ? [diagnostic.range] : []),
  ...(diagnostic.related ?? []).map((one) => one.range),
];

test("parseYaml never throws, and all that it tells lies in the text", () => {
  fc.assert(
    fc.property(fc.oneof(anyText, mutated), (text) => {
      const { node, diagnostics } = parseYaml({ path: "a.yaml", text });
      for (const range of rangesOf(node)) expect(lies(range)).toBe(true);
      for (const diagnostic of diagnostics)
        for (const range of places(diagnostic)) expect(lies(range)).toBe(true);
    }),
    { numRuns: 1500 },
  );
});

test("compile never throws; what it tells can be shown", async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(anyText, mutated), async (text) => {
      const sources = memorySources({ "platform.yaml": text, "modules/aws/bucket/main.tf": BUCKET_MODULE });
      const { diagnostics, files } = await compile(sources, { spec: "platform.yaml", parseHcl });
      for (const diagnostic of diagnostics)
        for (const range of places(diagnostic)) expect(lies(range)).toBe(true);
      renderDiagnostics(diagnostics);
      const isBroken = diagnostics.some((one) => one.severity === "error");
      expect(files.length === 0).toBe(isBroken);
    }),
    { numRuns: 400 },
  );
});

test("every value of a valid spec can be any other value without a stack trace", async () => {
  const other = fc.constantFrom<unknown>(
    null,
    true,
    0,
    -1,
    1e300,
    "",
    "{{",
    "{{vars.size}}",
    "{{outputs.stack-0.bucket}}",
    "x",
    [],
    [null],
    [[]],
    {},
    { a: null },
    { "": {} },
  );
  await fc.assert(
    fc.asyncProperty(specs, fc.nat(), other, async (spec, at, value) => {
      const copy = JSON.parse(JSON.stringify(spec)) as Record<string, unknown>;
      const slots: { readonly holder: Record<string, unknown>; readonly key: string }[] = [];
      const walk = (holder: Record<string, unknown>): void => {
        for (const key of Object.keys(holder)) {
          slots.push({ holder, key });
          if (typeof holder[key] === "object" && holder[key] !== null)
            walk(holder[key] as Record<string, unknown>);
        }
      };
      walk(copy);
      const slot = slots[at % slots.length]!;
      slot.holder[slot.key] = value;
      const sources = memorySources({
        "platform.yaml": stringify(copy),
        "modules/aws/bucket/main.tf": BUCKET_MODULE,
      });
      renderDiagnostics((await compile(sources, { spec: "platform.yaml", parseHcl })).diagnostics);
    }),
    { numRuns: 400 },
  );
});

test("maps within maps without end are refused", () => {
  for (const text of [
    "[".repeat(50_000),
    "[".repeat(150) + "]".repeat(150),
    "[".repeat(20_000) + "]".repeat(20_000),
    "{a: ".repeat(20_000),
    `${"- ".repeat(20_000)}x`,
    `${Array.from({ length: 3000 }, (_, index) => `${" ".repeat(index)}a:`).join("\n")} x`,
  ]) {
    const { diagnostics } = parseYaml({ path: "a.yaml", text });
    expect(diagnostics.length).toBeGreaterThan(0);
  }
});
