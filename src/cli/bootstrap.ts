import type { Command } from "commander";
import type { Context } from "./context.ts";
import { CommandError, type ExitCode } from "./exit-codes.ts";
import type { RunFlags } from "./run-command.ts";
import { addRunOptions } from "./run-options.ts";

interface BootstrapFlags extends RunFlags {
  readonly autoApprove?: boolean;
}

/** `platc bootstrap`: makes the state backend of an environment; safe to repeat. */
export function addBootstrap(
  program: Command,
  run: (work: () => Promise<ExitCode>) => Promise<void>,
  context: Context,
): void {
  addRunOptions(program.command("bootstrap").argument("<environments...>", "environments"))
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
  const { openCommandRun, finishRun } = await import("./run-command.ts");
  const { bootstrapBackend, readBackends } = await import("../run/bootstrap.ts");
  const { exitCode } = await import("../reports/exit-code.ts");
  const { interruptSignal } = await import("./interrupt.ts");
  const { Approver } = await import("./approver.ts");
  const { signal, dispose } = interruptSignal(context);
  const startedAt = context.now().getTime();
  const opened = await openCommandRun("bootstrap", where, flags, context, signal);
  try {
    const environments = new Set(
      opened.selection.addresses.map(
        (address) => opened.context.platform.stackByAddress.get(address)?.environment.name ?? "",
      ),
    );
    const backends = await readBackends(opened.context, environments);
    if (backends.length === 0)
      throw new CommandError(
        "no stack makes the state backend of these environments",
        "name the stack that does under 'state: bootstrap:', or make the backend by hand",
      );
    const approver = new Approver(opened, context, signal, flags.autoApprove);
    const outcomes = new Map<string, import("../run/run-event.ts").StackOutcome>();
    for (const { stack, isThere } of backends) {
      const started = context.now().getTime();
      const outcome = isThere
        ? ({ status: "up-to-date" } as const)
        : await bootstrapBackend(opened.context, stack, () =>
            approver.approveNow(
              `Make the state backend of '${stack.environment.name}' in ${opened.context.target.description}?`,
            ),
          );
      outcomes.set(stack.address, outcome);
      opened.report.tell({
        kind: "stack-finished",
        address: stack.address,
        outcome,
        seconds: (context.now().getTime() - started) / 1000,
      });
    }
    return exitCode(
      await finishRun(opened, "bootstrap", outcomes, { orphans: [], unreadDataSources: 0, startedAt }),
    ) as ExitCode;
  } finally {
    opened.report.close();
    dispose();
  }
}
