import type { Command } from "commander";
import type { Context } from "./context.ts";
import type { ExitCode } from "./exit-codes.ts";
import type { DestroyFlags } from "./destroy-command.ts";
import { addFaultOptions, addRunOptions, addShownPlanOptions, addStacksCommand } from "./run-options.ts";

/** `platc destroy`: shows what would be destroyed, asks, and destroys it, dependents first. */
export function addDestroy(
  program: Command,
  run: (work: () => Promise<ExitCode>) => Promise<void>,
  context: Context,
): void {
  addFaultOptions(addShownPlanOptions(addRunOptions(addStacksCommand(program, "destroy"))))
    .description(
      "show what would be destroyed, ask, and destroy it, dependents first; state backends stay, but for those that were only begun",
    )
    .option("--auto-approve", "do not ask")
    .option("--prune", "also destroy what is applied there and has left the spec")
    .addHelpText(
      "after",
      "\nExamples:\n  platc destroy dev\n  platc destroy 'dev/storage/s3...'     a stack and all that depends on it\n",
    )
    .action((where: string[], _flags: DestroyFlags, command: Command) =>
      run(async () =>
        (await import("./destroy-command.ts")).destroyCommand(where, command.optsWithGlobals(), context),
      ),
    );
}
