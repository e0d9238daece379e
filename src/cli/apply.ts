import type { Command } from "commander";
import type { Context } from "./context.ts";
import { CommandError, EXIT, type ExitCode } from "./exit-codes.ts";
import type { ApplyFlags } from "./apply-command.ts";
import {
  addFaultOptions,
  addRunOptions,
  addShownPlanOptions,
  addStalenessOptions,
  addStacksCommand,
} from "./run-options.ts";

/** `platc apply`: plans, asks, applies what was shown, and smoke-tests it, in order. */
export function addApply(
  program: Command,
  run: (work: () => Promise<ExitCode>) => Promise<void>,
  context: Context,
): void {
  addFaultOptions(addShownPlanOptions(addStalenessOptions(addRunOptions(addStacksCommand(program, "apply")))))
    .description("plan everything, ask, apply what was shown and smoke-test it, in order")
    .option(
      "--auto-approve [what]",
      "do not ask; '=deferred' also covers stacks that can be planned only at their turn",
    )
    .option("--no-test", "leave out the smoke tests")
    .option("--prune", "also destroy what is applied and has left the spec")
    .addHelpText(
      "after",
      "\nExamples:\n  platc apply dev\n  platc apply dev --target emulator --auto-approve\n  platc apply dev --target rehearsal --auto-approve\n  platc apply 'dev/workflow/**' --why\n",
    )
    .action((where: string[], _flags: ApplyFlags, command: Command) =>
      run(async () => {
        const flags = command.optsWithGlobals<ApplyFlags>();
        refuseSwallowed("apply", flags.autoApprove);
        return (await import("./apply-command.ts")).applyCommand(where, flags, context);
      }),
    );
}

/** In `platc apply --auto-approve dev` the option has taken the environment for its own value. */
export function refuseSwallowed(command: string, autoApprove: boolean | string | undefined): void {
  if (typeof autoApprove !== "string" || autoApprove === "deferred") return;
  throw new CommandError(
    `--auto-approve covers no '${autoApprove}'`,
    `name the stacks first: platc ${command} ${autoApprove} --auto-approve`,
    EXIT.usage,
  );
}
