import type { Command } from "commander";
import type { ApplyFlags } from "./apply-command.ts";
import { refuseSwallowed } from "./apply.ts";
import type { Context } from "./context.ts";
import type { ExitCode } from "./exit-codes.ts";
import { addFaultOptions, addRunOptions, addShownPlanOptions, addStalenessOptions } from "./run-options.ts";

/** `platc promote`: carries what the environment before has proven into the next one. */
export function addPromote(
  program: Command,
  run: (work: () => Promise<ExitCode>) => Promise<void>,
  context: Context,
): void {
  addFaultOptions(
    addShownPlanOptions(
      addStalenessOptions(
        addRunOptions(
          program
            .command("promote")
            .usage("<environment> [stacks...] [options]")
            .argument("<environment>", "the environment that takes them; it has 'after' in the spec")
            .argument("[stacks...]", "selectors of its stacks; all of them if left out"),
        ),
      ),
    ),
  )
    .description("carry what the environment before has proven into the next one: plan, ask, apply, test")
    .option(
      "--auto-approve [what]",
      "do not ask; '=deferred' also covers stacks that can be planned only at their turn",
    )
    .addHelpText(
      "after",
      `
A stack is proven where the same release of it was applied and tested in the nearest environment before that has it, on
the same kind of target. If one of the selected stacks is not, nothing is promoted, and every such stack is named. What
the environment's own layers add is listed as not proven before.

Exit codes: 0 promoted, 1 not proven or failed, 3 waits for 'platc approve', 64 no environment that comes after another.

Examples:
  platc promote staging
  platc promote prod stage:deploy
  platc promote prod 'prod/storage/**' --target emulator
`,
    )
    .action((environment: string, stacks: string[], _flags: ApplyFlags, command: Command) =>
      run(async () => {
        const flags = command.optsWithGlobals<ApplyFlags>();
        refuseSwallowed("promote", flags.autoApprove);
        const { applyCommand } = await import("./apply-command.ts");
        return applyCommand([environment, ...stacks], flags, context, "promote");
      }),
    );
}
