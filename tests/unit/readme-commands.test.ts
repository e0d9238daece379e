import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import type { Command } from "commander";
import { expect, test } from "vitest";
import { buildProgram } from "../../src/cli/program.ts";

const README = readFileSync(join(import.meta.dirname, "../../README.md"), "utf8");
const [, COMMANDS = ""] = /^## Commands\n([\s\S]*?)^## /m.exec(README) ?? [];

const silent = new PassThrough() as unknown as NodeJS.WriteStream;
const program = buildProgram(
  { environment: {}, cwd: ".", stdout: silent, stderr: silent, stdin: process.stdin, now: () => new Date(0) },
  async () => undefined,
);

/** What help lists: without the command by which shells ask. */
const commands = program
  .createHelp()
  .visibleCommands(program)
  .filter((one) => one.name() !== "help");

function leaves(command: Command): readonly Command[] {
  return command.commands.length === 0 ? [command] : command.commands.flatMap(leaves);
}

test("the table of commands is what platc --help lists, with the commands below each", () => {
  const rows = [...COMMANDS.matchAll(/^\| `platc ([a-z]+)` \| (.*) \|$/gm)];
  expect(rows.map(([, name]) => name).sort()).toEqual(commands.map((one) => one.name()).sort());
  for (const [, name, said] of rows)
    for (const below of commands.find((one) => one.name() === name)?.commands ?? [])
      expect(said).toContain(`\`${below.name()}\``);
});

test("all commands have --json but those that README.md names", () => {
  const [, sentence = ""] = /all but ([^.]*) have `--json`/.exec(COMMANDS) ?? [];
  const named = [...sentence.matchAll(/`([a-z]+)`/g)].map(([, name]) => name);
  const without = commands.filter((command) =>
    leaves(command).some((leaf) => !leaf.options.some(({ long }) => long === "--json")),
  );
  expect(named.sort()).toEqual(without.map((one) => one.name()).sort());
});

test("no table of README.md is broken off by an empty line", () => {
  const tables = README.split(/\n{2,}/).filter((block) => block.startsWith("|"));
  expect(tables.filter((table) => !/^\|.*\n\|(?:\s*:?-+:?\s*\|)+/.test(table))).toEqual([]);
});
