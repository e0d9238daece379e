import { PassThrough } from "node:stream";
import type { Command } from "commander";
import { buildProgram } from "../../src/cli/program.ts";

const silent = new PassThrough() as unknown as NodeJS.WriteStream;
const program = buildProgram(
  { environment: {}, cwd: ".", stdout: silent, stderr: silent, stdin: process.stdin, now: () => new Date(0) },
  async () => undefined,
);

/** The names of the commands that platc's help lists. */
export const COMMANDS: readonly string[] = program
  .createHelp()
  .visibleCommands(program)
  .map((one) => one.name())
  .filter((name) => name !== "help");

/** What command lines in a Markdown text name that platc does not have; empty where all is well. */
export function commandFaults(markdown: string): readonly string[] {
  return commandLines(markdown).flatMap((line) => {
    const fault = faultOf(line);
    return fault === undefined ? [] : [`${line}: ${fault}`];
  });
}

/** Command lines of platc: lines of shell blocks, and `platc ...` in prose and tables. */
export function commandLines(markdown: string): readonly string[] {
  const blocks = [...markdown.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map((match) => match[1]!);
  const inBlocks = blocks
    .flatMap((block) => block.split("\n"))
    .map((line) => line.replace(/^\$ /, "").replace(/\s+#.*$/, ""));
  const prose = markdown.replace(/^```.*\n[\s\S]*?^```$/gm, "");
  const inProse = [...prose.matchAll(/`([^`\n]+)`/g)].map((match) => match[1]!);
  return [...inBlocks, ...inProse]
    .flatMap((line) => line.split(/ && | \| /))
    .map((line) => line.trim().replace(/^(?:[A-Z_]+=\S+ )+/, ""))
    .map((line) => line.replace(/^(?:npx platc|node dist\/main\.js) /, "platc "))
    .filter((line) => /^platc\b/.test(line));
}

function wordsOf(line: string): readonly string[] {
  return [...line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(
    (match) => match[1] ?? match[2] ?? match[3] ?? "",
  );
}

/** What a command line names that platc does not have; undefined where all is well. */
function faultOf(line: string): string | undefined {
  let command: Command = program;
  const rest = wordsOf(line).slice(1);
  while (command.commands.length > 0 && rest.length > 0 && !rest[0]!.startsWith("-")) {
    const next = command.commands.find((one) => one.name() === rest[0]);
    if (!next) return `there is no command '${rest[0]}'`;
    command = next;
    rest.shift();
  }
  const options = [...command.options, ...program.options];
  for (const word of rest.filter((one) => one.startsWith("-"))) {
    const [name] = word.split("=");
    if (name === "--help") continue;
    if (!options.some((option) => option.long === name || option.short === name))
      return `'${command.name()}' has no option '${name}'`;
  }
  return undefined;
}
