import type { Command } from "commander";
import type { Context } from "./context.ts";
import type { ExitCode } from "./exit-codes.ts";
import type { RunFlags } from "./open-command-run.ts";
import { addRunOptions, addShownPlanOptions, addStalenessOptions, addStacksCommand } from "./run-options.ts";

interface PlanFlags extends RunFlags {
  readonly detailedExitcode?: boolean;
}

/** `platc plan`: what an apply would do to every stack, with no mocks. */
export function addPlan(
  program: Command,
  run: (work: () => Promise<ExitCode>) => Promise<void>,
  context: Context,
): void {
  addShownPlanOptions(addStalenessOptions(addRunOptions(addStacksCommand(program, "plan"))))
    .description("show what would change, for every stack, also where upstreams are not applied yet")
    .option("--detailed-exitcode", "exit 2 if there are changes")
    .addHelpText(
      "after",
      "\nExamples:\n  platc plan dev\n  platc plan dev --why\n  platc plan 'dev/storage/**' --select 'dev/workflow/lambda...'\n",
    )
    .action((where: string[], _flags: PlanFlags, command: Command) =>
      run(() => planCommand(where, command.optsWithGlobals(), context)),
    );
}

async function planCommand(where: readonly string[], flags: PlanFlags, context: Context): Promise<ExitCode> {
  const { runCommand } = await import("./run-command.ts");
  const { prepareRun, unreadDataSources } = await import("./prepare-run.ts");
  return runCommand("plan", where, flags, context, async (opened) => {
    const { shown, orphans } = await prepareRun(opened, "plan", flags);
    return {
      outcomes: shown.outcomeByAddress,
      orphans,
      unreadDataSources: unreadDataSources(shown),
    };
  });
}
