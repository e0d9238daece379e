import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { spellExpression, type Spelling } from "../../src/emit/spell-expression.ts";
import { ArgumentError, TEMPLATE_FUNCTIONS } from "../../src/templates/functions.ts";
import { isList, isMap, type Value } from "../../src/templates/value.ts";
import { TERRAFORM } from "./terraform-name.ts";

const NO_NAMES: Spelling = {
  output: () => "",
  path: () => "",
};
const RUNS = 120;

const texts = fc
  .oneof(
    fc.constantFrom(
      "",
      " ",
      "a",
      "A",
      "ab",
      "aBc",
      "a,b,,c",
      "true",
      "1",
      "-5",
      "1.50",
      "007",
      "1e3",
      "0x10",
      "12345678901234567890",
      "0.1",
      "/a/",
      "/",
      ",",
      "ß",
      "ΑΣ",
      "İ",
      "ǆ",
      "\ufeffx",
      "\u00a0x\u0085",
      "${x}",
      "%{y}",
      "<&>",
      "\u2028",
      "\b\f\n\r\t\u0001\u007f",
      '"\\',
      "😀e\u0301",
      "YQ==",
      "YQ",
      "/w==",
      "YWJj",
    ),
    fc.string({ unit: "binary", maxLength: 4 }),
    fc.base64String({ maxLength: 8 }),
  )
  .map((text) => text.replace(/\p{Surrogate}/gu, "").normalize("NFC"));
const numbers = fc.constantFrom<Value>(
  0,
  1,
  -1,
  1.5,
  0.1,
  1e21,
  1e-7,
  123456789,
  12345678901234567890n,
  -0.25,
);
const scalars: fc.Arbitrary<Value> = fc.oneof(
  { weight: 4, arbitrary: texts },
  numbers,
  fc.boolean(),
  fc.constant(null),
);
const lists = fc.array(fc.oneof({ weight: 3, arbitrary: texts }, scalars), { maxLength: 3 });
const maps = fc
  .array(fc.tuple(texts, scalars), { maxLength: 3 })
  .map((entries) => new Map(entries) as ReadonlyMap<string, Value>);
const values: fc.Arbitrary<Value> = fc.oneof(
  { weight: 3, arbitrary: scalars },
  lists,
  maps,
  fc.tuple(lists, maps),
);

/** Arguments that a function is likely to take, by the names of its parameters. */
function argumentsOf(name: string): fc.Arbitrary<readonly Value[]> {
  const { parameters, maximum } = TEMPLATE_FUNCTIONS.get(name)!;
  const kinds = parameters.split(" ").map((parameter) => {
    const kind = parameter.replace("...", "");
    const fitting = kind === "list" ? lists : kind === "map" ? maps : kind === "value" ? values : texts;
    return fc.oneof({ weight: 8, arbitrary: fitting }, values);
  });
  if (Number.isFinite(maximum)) return fc.tuple(...kinds);
  return fc
    .tuple(fc.tuple(...kinds), fc.array(kinds.at(-1)!, { maxLength: 2 }))
    .map(([first, more]) => [...first, ...more]);
}

interface Case {
  readonly name: string;
  readonly arguments: readonly Value[];
  readonly ours: string;
}

const cases: readonly Case[] = [...TEMPLATE_FUNCTIONS.keys()].flatMap((name) =>
  fc.sample(argumentsOf(name), { seed: 13, numRuns: RUNS }).flatMap((given): readonly Case[] => {
    const ours = compute(name, given);
    return ours === undefined ? [] : [{ name, arguments: given, ours }];
  }),
);

/** What platc computes, as JSON; "error" where it refuses, undefined where it leaves the call to Terraform. */
function compute(name: string, given: readonly Value[]): string | undefined {
  try {
    const value = TEMPLATE_FUNCTIONS.get(name)!.compute(given);
    return value === undefined ? undefined : canonical(value);
  } catch (error) {
    if (error instanceof ArgumentError) return "error";
    throw error;
  }
}

function canonical(value: Value): string {
  if (isMap(value))
    return `{${[...value]
      .map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`)
      .sort()
      .join(",")}}`;
  if (isList(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value === "bigint" || typeof value === "number") return String(Number(value));
  return JSON.stringify(value);
}

const fromJson = (value: unknown): Value => {
  if (Array.isArray(value)) return value.map(fromJson);
  if (typeof value !== "object" || value === null) return value as Value;
  return new Map(Object.entries(value).map(([key, item]) => [key, fromJson(item)]));
};

let folder: string;
let results: readonly string[];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "platc-functions-"));
  const calls = cases.map(({ name, arguments: given }) =>
    spellExpression({ kind: "call", name, arguments: given }, NO_NAMES),
  );
  const locals = Object.fromEntries(
    calls.map((call, index) => [`c${index}`, `\${try(jsonencode([${call}]), "error")}`]),
  );
  const output = { all: { value: `\${[${calls.map((_, index) => `local.c${index}`).join(", ")}]}` } };
  writeFileSync(join(folder, "main.tf.json"), JSON.stringify({ locals, output }));
  const { TF_CLI_CONFIG_FILE: _, ...env } = process.env;
  const terraform = (...args: readonly string[]): string =>
    execFileSync(TERRAFORM, args, { cwd: folder, env, encoding: "utf8", maxBuffer: 1 << 28 });
  terraform("init", "-input=false");
  terraform("apply", "-input=false", "-auto-approve");
  const all = (JSON.parse(terraform("output", "-json")) as { all: { value: readonly string[] } }).all.value;
  results = all.map((text) =>
    text === "error" ? text : canonical(fromJson((JSON.parse(text) as unknown[])[0])),
  );
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each([...TEMPLATE_FUNCTIONS.keys()])("%s gives what Terraform gives", (name) => {
  const different = cases.flatMap((one, index) =>
    one.name === name && one.ours !== results[index]
      ? [
          {
            call: spellExpression({ kind: "call", name, arguments: one.arguments }, NO_NAMES),
            ours: one.ours,
            terraform: results[index],
          },
        ]
      : [],
  );
  expect(different).toEqual([]);
});
