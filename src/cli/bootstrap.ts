import type { Command } from "commander";
import type { Context } from "./context.ts";
import type { ExitCode } from "./exit-codes.ts";
import type { RunFlags } from "./open-command-run.ts";
import { addRunOptions, addShownPlanOptions } from "./run-options.ts";

interface BootstrapFlags extends RunFlags {
  readonly autoApprove?: boolean;
}

/** `platc bootstrap`: makes the state backend of an environment; safe to repeat. */
export function addBootstrap(
  program: Command,
  run: (work: () => Promise<ExitCode>) => Promise<void>,
  context: Context,
): void {
  addShownPlanOptions(
    addRunOptions(program.command("bootstrap").argument("<environments...>", "environments")),
  )
    .description("make the state backend of an environment, and keep its own state in it; safe to repeat")
    .option("--auto-approve", "do not ask")
    .addHelpText("after", "\nExamples:\n  platc bootstrap dev\n  platc bootstrap global dev --auto-approve\n")
    .action((where: string[], _flags: BootstrapFlags, command: Command) =>
      run(() => bootstrapCommand(where, command.optsWithGlobals(), context)),
    );
}

async function bootstrapCommand(
  where: readonly string[],
  flags: BootstrapFlags,
  context: Context,
): Promise<ExitCode> {
  const { runCommand } = await import("./run-command.ts");
  const { bootstrapBackends } = await import("./bootstrap-backends.ts");
  const { Approver } = await import("./approver.ts");
  return runCommand("bootstrap", where, flags, context, async (opened) => ({
    outcomes: await bootstrapBackends(opened, new Approver(opened, context, flags.autoApprove)),
  }));
}
