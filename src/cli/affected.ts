import type { Command } from "commander";
import type { AffectedStack } from "../generate/affected-stacks.ts";
import type { Context } from "./context.ts";
import { EXIT, type ExitCode } from "./exit-codes.ts";

export interface AffectedFlags {
  readonly spec?: string;
  readonly base: string;
  readonly json?: boolean;
}

/** `platc affected`: what a change in git means for the stacks. */
export function addAffected(
  program: Command,
  run: (work: () => Promise<ExitCode>) => Promise<void>,
  context: Context,
): void {
  program
    .command("affected")
    .description("list the stacks that differ between a git revision and the working tree, and what differs")
    .requiredOption("--base <revision>", "the revision to compare with, such as origin/main")
    .option("--json", "print them as a JSON array")
    .addHelpText(
      "after",
      `
Both states are compiled and their digests compared: spec, modules, files and provider locks count, formatting does not.
Stacks that only depend on one that differs are listed as dependents.

Examples:
  platc affected --base origin/main
  platc affected --base HEAD~1 --json | jq -r '.[].address'
  platc list affected --base origin/main
`,
    )
    .action((flags: AffectedFlags, command: Command) =>
      run(() => affectedCommand({ ...command.optsWithGlobals(), ...flags }, context)),
    );
}

async function affectedCommand(flags: AffectedFlags, context: Context): Promise<ExitCode> {
  const { openProject } = await import("./load-platform.ts");
  const { affectedSince } = await import("./affected-since.ts");
  const affected = await affectedSince(context, openProject(context, flags.spec), flags.base);
  if (flags.json) context.stdout.write(`${JSON.stringify(affected, null, 2)}\n`);
  else if (affected.length === 0) context.stdout.write(`nothing differs from ${flags.base}\n`);
  else context.stdout.write(renderAffected(affected));
  return EXIT.ok;
}

function renderAffected(affected: readonly AffectedStack[]): string {
  const width = Math.max(...affected.map((one) => one.address.length));
  return affected
    .map((one) => `${one.kind.padEnd(9)}  ${one.address.padEnd(width)}  ${reasonOf(one)}`.trimEnd() + "\n")
    .join("");
}

function reasonOf({ kind, parts, because }: AffectedStack): string {
  if (kind !== "dependent") return parts.join(", ");
  const more = because.length > 3 ? ` and ${because.length - 3} more` : "";
  return `after ${because.slice(0, 3).join(", ")}${more}`;
}
