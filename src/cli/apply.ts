import type { Command } from "commander";
import type { Context } from "./context.ts";
import type { ExitCode } from "./exit-codes.ts";
import type { ApplyFlags } from "./apply-command.ts";
import { addRunOptions } from "./run-options.ts";

/** `platc apply`: plans, asks, applies what was shown, and smoke-tests it, in order. */
export function addApply(
  program: Command,
  run: (work: () => Promise<ExitCode>) => Promise<void>,
  context: Context,
): void {
  addRunOptions(program.command("apply").argument("<stacks...>", "an environment, or selectors"))
    .description("plan everything, ask, apply what was shown and smoke-test it, in order")
    .option(
      "--auto-approve [what]",
      "do not ask; '=deferred' also covers stacks that can be planned only at their turn",
    )
    .option("--no-test", "leave out the smoke tests")
    .option("--prune", "also destroy what is applied and has left the spec")
    .addHelpText(
      "after",
      "\nExamples:\n  platc apply dev\n  platc apply dev --target emulator --auto-approve\n  platc apply 'dev/workflow/**' --why\n",
    )
    .action((where: string[], _flags: ApplyFlags, command: Command) =>
      run(async () =>
        (await import("./apply-command.ts")).applyCommand(where, command.optsWithGlobals(), context),
      ),
    );
}
