import type { Command } from "commander";
import type { Context } from "./context.ts";
import type { ExitCode } from "./exit-codes.ts";
import type { RunFlags } from "./run-command.ts";
import { addRunOptions } from "./run-options.ts";

interface PlanFlags extends RunFlags {
  readonly detailedExitcode?: boolean;
}

/** `platc plan`: what an apply would do to every stack, with no mocks. */
export function addPlan(
  program: Command,
  run: (work: () => Promise<ExitCode>) => Promise<void>,
  context: Context,
): void {
  addRunOptions(program.command("plan").argument("<stacks...>", "an environment, or selectors"))
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
  const { openCommandRun, finishRun } = await import("./run-command.ts");
  const { prepareRun, unreadDataSources } = await import("./prepare-run.ts");
  const { planOutcome } = await import("../run/plan-platform.ts");
  const { exitCode } = await import("../reports/exit-code.ts");
  const { interruptSignal } = await import("./interrupt.ts");
  const { signal, dispose } = interruptSignal(context);
  const startedAt = context.now().getTime();
  const opened = await openCommandRun("plan", where, flags, context, signal);
  try {
    const { shown, orphans } = await prepareRun(opened, "plan", flags);
    const outcomes = new Map(
      [...shown.planByAddress].map(([address, plan]) => [address, planOutcome(plan)] as const),
    );
    const finished = await finishRun(opened, "plan", outcomes, {
      orphans,
      unreadDataSources: unreadDataSources(shown),
      startedAt,
    });
    return exitCode(finished, { detailedExitcode: flags.detailedExitcode === true }) as ExitCode;
  } finally {
    opened.report.close();
    dispose();
  }
}
