import type { Command } from "commander";
import type { Context } from "./context.ts";
import type { ExitCode } from "./exit-codes.ts";
import type { RunFlags } from "./open-command-run.ts";
import { addRunOptions, addStacksCommand } from "./run-options.ts";

/** `platc test`: runs the smoke tests of what is applied. */
export function addTest(
  program: Command,
  run: (work: () => Promise<ExitCode>) => Promise<void>,
  context: Context,
): void {
  addRunOptions(addStacksCommand(program, "test"))
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
  const { runCommand } = await import("./run-command.ts");
  const { testPlatform } = await import("../run/test-platform.ts");
  return runCommand("test", where, flags, context, async (opened) => ({
    outcomes: await testPlatform(opened.context, opened.selection),
  }));
}
