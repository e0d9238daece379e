import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { buildProgram } from "../../../src/cli/program.ts";

const SOURCE = join(import.meta.dirname, "../../../src");
const silent = new PassThrough() as unknown as NodeJS.WriteStream;
const program = buildProgram(
  { environment: {}, cwd: ".", stdout: silent, stderr: silent, stdin: process.stdin, now: () => new Date(0) },
  async () => undefined,
);
const names = new Set(program.commands.map((one) => one.name()));
/** Sentences about platc begin so. */
const VERBS = ["did", "cannot"];

/** Commands that a text names in quotes, such as 'platc plan', that platc does not have. */
function unknownIn(text: string): readonly string[] {
  const named = [...text.matchAll(/(['`])platc ([a-z][a-z-]*)[^'`\n]*\1/g)].map((match) => match[2] ?? "");
  return named.filter((name) => !names.has(name) && !VERBS.includes(name));
}

test("every command that a message, a hint or a comment of src names is one", () => {
  const files = readdirSync(SOURCE, { recursive: true, encoding: "utf8" }).filter((path) =>
    /\.(ts|py|md)$/.test(path),
  );
  const faults = files.flatMap((path) =>
    unknownIn(readFileSync(join(SOURCE, path), "utf8")).map((name) => `${path}: platc ${name}`),
  );
  expect(faults).toEqual([]);
});

test("a command that is none is noticed", () => {
  expect(unknownIn("or let 'platc begin' write one, see `platc plan dev` and 'platc shift'")).toEqual([
    "begin",
    "shift",
  ]);
});
