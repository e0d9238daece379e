import type { Command } from "commander";
import type { Context } from "./context.ts";
import type { DriftFlags } from "./drift-command.ts";
import type { ExitCode } from "./exit-codes.ts";
import { addRunOptions, addStacksCommand } from "./run-options.ts";

/** `platc drift`: what was changed behind Terraform's back in what is applied. */
export function addDrift(
  program: Command,
  run: (work: () => Promise<ExitCode>) => Promise<void>,
  context: Context,
): void {
  addRunOptions(addStacksCommand(program, "drift"))
    .description("look for what was changed behind Terraform's back in what is applied; nothing is written")
    .option("--detailed-exitcode", "exit 2 if something has drifted")
    .option("--strict", "count what an apply would leave as it is, too")
    .option("--full", "show what an apply would leave as it is, attribute by attribute")
    .addHelpText(
      "after",
      `
What an apply would bring back is drift. What nobody set, what 'ignore_changes' names and what a provider
merely spells in another way is named, and not counted. A change of the spec that waits to be applied is no
drift: each stack is compared as it was applied. Stacks that have left the spec are looked at with their
environment.

Examples:
  platc drift dev
  platc drift prod --detailed-exitcode --markdown drift.md     in CI, on a schedule
  platc drift 'prod/storage/**' --strict --json
`,
    )
    .action((where: string[], _flags: DriftFlags, command: Command) =>
      run(async () =>
        (await import("./drift-command.ts")).driftCommand(where, command.optsWithGlobals(), context),
      ),
    );
}
