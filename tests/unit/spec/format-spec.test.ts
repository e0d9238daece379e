import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { stringify } from "yaml";
import { formatSpec } from "../../../src/spec/format-spec.ts";
import { parseYaml } from "../../../src/spec/parse-yaml.ts";
import { plain } from "../../../src/spec/plain.ts";

test("indentation, empty lines, ends of lines and of the file; nothing else", () => {
  expect(
    formatSpec(`# modeline

version: 1   \r

environments:
    # about dev
    dev:   {}   # keep   this
    # about prod
    prod:
            after: dev



            # last of prod
            approval: manual
    # below prod
stacks:
    raw:
        environments:
        - dev
        -   prod
        inputs: { a: 1,
                  b: [ 2,3 ] }
        text: |
                line

                  deeper  
                last
        folded: >-
           one
           two
        "quoted":   'as it is'
        after:
        -   stack: vpc
            environment: core
        # of the list
        - other
        long: this goes
              on here


`),
  ).toBe(`# modeline

version: 1

environments:
  # about dev
  dev:   {}   # keep   this
  # about prod
  prod:
    after: dev

    # last of prod
    approval: manual
  # below prod
stacks:
  raw:
    environments:
      - dev
      - prod
    inputs: { a: 1,
              b: [ 2,3 ] }
    text: |
      line

        deeper  
      last
    folded: >-
      one
      two
    "quoted":   'as it is'
    after:
      - stack: vpc
        environment: core
      # of the list
      - other
    long: this goes
          on here
`);
});

test.each([
  ["what cannot be read", "a: [1\nb: 2\n"],
  ["several documents", "a: 1\n---\nb: 2\n"],
])("%s stays as it is", (_name, text) => expect(formatSpec(text)).toBe(text));

test("an empty file stays empty, and lines at the end that count are kept", () => {
  expect(formatSpec(" \n\n")).toBe("");
  expect(formatSpec("a:\n    b: |+\n        x\n\n\n")).toBe("a:\n  b: |+\n    x\n\n\n");
  expect(formatSpec("---\na:\n    b: 1")).toBe("---\na:\n  b: 1\n");
});

const ROOT = join(import.meta.dirname, "../../../specs");
const specs = readdirSync(ROOT).map((name) => join(ROOT, name, "platform.yaml"));
test.each(specs.filter((path) => existsSync(path)))("%s is formatted", (path) => {
  const text = readFileSync(path, "utf8");
  expect(formatSpec(text)).toBe(text);
});

const scalar = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.constantFrom("a\nb\n", "  lead", "x\n\n  y\n", "# no comment", "{{vars.x}}", "- a", "trail  \n", "\n"),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
);
const data = fc.letrec<{ node: unknown }>((tie) => ({
  node: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    scalar,
    fc.array(tie("node"), { maxLength: 4 }),
    fc.dictionary(fc.stringMatching(/^[a-z]{1,4}$/), tie("node"), { maxKeys: 4 }),
  ),
})).node;

/** The same data in as many spellings as there are: indentation, folding, styles, comments, empty lines. */
const anyYaml = fc
  .tuple(
    fc.dictionary(fc.stringMatching(/^[a-z]{1,4}$/), data, { maxKeys: 4 }),
    fc.record({
      indent: fc.integer({ min: 1, max: 5 }),
      indentSeq: fc.boolean(),
      lineWidth: fc.constantFrom(0, 20, 40),
      collectionStyle: fc.constantFrom("any" as const, "block" as const, "flow" as const),
      defaultStringType: fc.constantFrom("PLAIN" as const, "QUOTE_DOUBLE" as const, "BLOCK_LITERAL" as const),
    }),
    fc.array(fc.tuple(fc.nat(30), fc.constantFrom("", "   ", "# note", "  # note", "      # note")), {
      maxLength: 4,
    }),
  )
  .map(([value, options, insertions]) => {
    const lines = stringify(value, { minContentWidth: 0, ...options }).split("\n");
    for (const [at, line] of insertions) if (at < lines.length) lines.splice(at, 0, line);
    return lines.join("\n");
  });

const read = (text: string): unknown => {
  const { node, diagnostics } = parseYaml({ path: "spec", text });
  return diagnostics.length > 0 ? "unreadable" : JSON.stringify(plain(node));
};

test("it never changes what is meant, and formats once and for all", () => {
  fc.assert(
    fc.property(anyYaml, (text) => {
      const formatted = formatSpec(text);
      expect(read(formatted)).toBe(read(text));
      expect(formatSpec(formatted)).toBe(formatted);
    }),
    { numRuns: 500 },
  );
});

test("without comments in between, indentation is always two spaces a level", () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.stringMatching(/^[a-z]{1,4}$/), data, { maxKeys: 4 }),
      fc.integer({ min: 2, max: 5 }),
      fc.boolean(),
      (value, indent, indentSeq) => {
        const options = {
          lineWidth: 0,
          collectionStyle: "block" as const,
          defaultStringType: "QUOTE_DOUBLE" as const,
        };
        const expected = stringify(value, { ...options, indent: 2, indentSeq: true });
        const written = stringify(value, { ...options, indent, indentSeq });
        // The library itself writes an empty list where it does not read one.
        fc.pre(read(written) !== "unreadable");
        expect(formatSpec(written)).toBe(formatSpec(expected));
      },
    ),
  );
});
