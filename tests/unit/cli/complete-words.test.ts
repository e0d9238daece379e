import { PassThrough } from "node:stream";
import type { Command } from "commander";
import { describe, expect, test } from "vitest";
import { completeWords } from "../../../src/cli/complete-words.ts";
import { isCompleted } from "../../../src/cli/completed-value.ts";
import { buildProgram } from "../../../src/cli/program.ts";
import { platformOf } from "../stacks/platforms.ts";

const silent = new PassThrough() as unknown as NodeJS.WriteStream;
const program = buildProgram(
  { environment: {}, cwd: ".", stdout: silent, stderr: silent, stdin: process.stdin, now: () => new Date(0) },
  async () => undefined,
);

const platform = await platformOf(
  `version: 1
platform: p
state: { backend: local, config: {} }
environments: { dev: {}, prod: { after: dev } }
customers: { acme: {} }
stacks:
  raw: { address: storage/raw, module: test/tiny }
  hive: { per: customer, module: test/tiny, stage: deploy }
`,
);

async function complete(...words: readonly string[]): Promise<readonly string[]> {
  const amid = { folder: "/", platform: async () => platform };
  const lines = (await completeWords(program, words, amid)).trimEnd().split("\n");
  return lines.map((line) => line.replace(/\t.*/, ""));
}

test.each([
  ["a command", ["pl"], ["plan", ":36"]],
  ["a command below one", ["state", "un"], ["unlock", ":36"]],
  ["an option of the command", ["plan", "--detailed"], ["--detailed-exitcode", ":36"]],
  ["an option above the command", ["plan", "--sp"], ["--spec", ":36"]],
  ["no option a second time", ["plan", "--refresh", "--refr"], [":36"]],
  ["but one that may be said again", ["apply", "--fail", "dev/storage/raw:1", "--fai"], ["--fail", ":36"]],
  ["the choices of an option", ["graph", "--format", "m"], ["mermaid", ":36"]],
  ["a value after '='", ["plan", "--target=re"], ["rehearsal", ":36"]],
  [
    "a value after a comma, not what stands there",
    ["plan", "--target", "emulator,"],
    ["emulator,cloud", "emulator,rehearsal", ":36"],
  ],
  ["nothing of a value that is free", ["approve", "--note", ""], [":36"]],
  ["a file", ["--spec", ""], [":32"]],
  ["a folder", ["init", ""], [":48"]],
  ["parts of an address, through those that stand alone", ["plan", "dev/s"], ["dev/storage/raw", ":36"]],
  ["one part of several", ["plan", "dev/"], ["dev/acme/", "dev/storage/", ":38"]],
  ["after an exclusion and a comma", ["list", "dev,!pr"], ["dev,!prod", ":36"]],
  ["with what it depends on", ["list", "...dev/st"], ["...dev/storage/raw", ":36"]],
  ["names of a kind", ["plan", "customer:"], ["customer:acme", ":36"]],
  ["a kind goes on", ["plan", "cust"], ["customer:", ":38"]],
  ["a second selector of a list", ["plan", "dev", "--select", "prod", "stage:d"], ["stage:deploy", ":36"]],
  ["the stack of a fault", ["apply", "--fail", "dev/storage/"], ["dev/storage/raw:", ":38"]],
  ["outputs of the stack before", ["output", "dev/storage/raw", ""], ["id", ":36"]],
  ["what comes after '--' is no option", ["plan", "--", "de"], ["dev", ":36"]],
])("%s", async (_what, words, lines) => {
  expect(await complete(...words)).toEqual(lines);
});

test("no spec, no words of it", async () => {
  const amid = { folder: "/", platform: async () => undefined };
  expect(await completeWords(program, ["plan", "d"], amid)).toBe(":36\n");
});

describe("what stands for every value is known, be it nothing", () => {
  const all = (command: Command): readonly Command[] => [command, ...command.commands.flatMap(all)];
  const commands = all(program).filter((command) => command.name() !== "complete");
  test.each(commands.map((command) => [command.name(), command] as const))("%s", (_name, command) => {
    const options = command.options.filter((one) => (one.required || one.optional) && !one.argChoices);
    const args = command.registeredArguments.filter((one) => !one.argChoices);
    const names = [...options.map((one) => one.long ?? ""), ...args.map((one) => one.name())];
    expect(names.filter((name) => !isCompleted(name))).toEqual([]);
  });
});
