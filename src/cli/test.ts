import type { Command } from "commander";
import type { Context } from "./context.ts";
import type { ExitCode } from "./exit-codes.ts";
import type { RunFlags } from "./run-command.ts";
import { addRunOptions } from "./run-options.ts";

/** `platc test`: runs the smoke tests of what is applied. */
export function addTest(
  program: Command,
  run: (work: () => Promise<ExitCode>) => Promise<void>,
  context: Context,
): void {
  addRunOptions(program.command("test").argument("<stacks...>", "an environment, or selectors"))
    .description("run the smoke tests of what is applied, in order; no Terraform is started")
    .addHelpText(
      "after",
      "\nExamples:\n  platc test dev\n  platc test 'dev/workflow/**' --junit report.xml\n",
    )
    .action((where: string[], _flags: RunFlags, command: Command) =>
      run(() => testCommand(where, command.optsWithGlobals(), context)),
    );
}

async function testCommand(where: readonly string[], flags: RunFlags, context: Context): Promise<ExitCode> {
  const { openCommandRun, finishRun } = await import("./run-command.ts");
  const { testPlatform } = await import("../run/test-platform.ts");
  const { exitCode } = await import("../reports/exit-code.ts");
  const { interruptSignal } = await import("./interrupt.ts");
  const { signal, dispose } = interruptSignal(context);
  const startedAt = context.now().getTime();
  const opened = await openCommandRun("test", where, flags, context, signal);
  try {
    const outcomes = await testPlatform(opened.context, opened.selection);
    return exitCode(
      await finishRun(opened, "test", outcomes, { orphans: [], unreadDataSources: 0, startedAt }),
    ) as ExitCode;
  } finally {
    opened.report.close();
    dispose();
  }
}
