import { exitCode } from "../reports/exit-code.ts";
import type { RunAnnounced, StackOutcome } from "../run/run-event.ts";
import type { Context } from "./context.ts";
import { CommandError, EXIT, type ExitCode } from "./exit-codes.ts";
import { interruptSignal } from "./interrupt.ts";
import { type CommandRun, openCommandRun, type RunFlags } from "./open-command-run.ts";

/** Commands that run smoke tests where there is something to test. */
const TESTING: ReadonlySet<RunAnnounced["command"]> = new Set(["apply", "promote", "rehearse", "test"]);

/** What a command did, for the summary. */
export interface CommandResult {
  readonly outcomes: ReadonlyMap<string, StackOutcome>;
  readonly orphans?: readonly string[];
  readonly unreadDataSources?: number;
}

/** Opens a run, does a command's work in it, tells the summary, and ends it however the work ends. */
export async function runCommand(
  command: RunAnnounced["command"],
  where: readonly string[],
  flags: RunFlags & { readonly detailedExitcode?: boolean; readonly prune?: boolean },
  context: Context,
  work: (opened: CommandRun) => Promise<CommandResult>,
): Promise<ExitCode> {
  const startedAt = context.now().getTime();
  const { signal, dispose } = interruptSignal(context);
  try {
    const opened = await openCommandRun(command, where, flags, context, signal);
    try {
      const { outcomes, orphans = [], unreadDataSources = 0 } = await work(opened);
      const { runId, checks, processes, processSeconds, now, tools } = opened.context;
      const seconds = (now().getTime() - startedAt) / 1000;
      const rehearsal = await opened.rehearsal?.(TESTING.has(command));
      const warnings = opened.warnings.all();
      const finished = {
        kind: "run-finished",
        runId,
        command,
        asked: flags.inWorkspace?.asked ?? askedAs(where, flags),
        outcomes,
        checks,
        flavour: tools.terraform.flavour,
        processes,
        processSeconds,
        seconds,
        unreadDataSources,
        orphans,
        ...(flags.prune === true && { isPruning: true as const }),
        ...(warnings.length > 0 && { warnings }),
        ...(rehearsal && { rehearsal }),
      } as const;
      opened.report.tell(finished);
      const code = signal.aborted
        ? EXIT.interrupted
        : exitCode(finished, { detailedExitcode: flags.detailedExitcode === true });
      await opened.close(endOf(code));
      return code;
    } catch (error) {
      await opened.close(error instanceof CommandError ? endOf(error.exitCode) : "failed");
      throw error;
    } finally {
      opened.report.close();
    }
  } finally {
    dispose();
  }
}

/** What was selected, as a shell takes it. */
function askedAs(where: readonly string[], { select = [], base, target }: RunFlags): string {
  const words = [...where, ...select].map((word) => (/[^\w./:,-]/.test(word) ? `'${word}'` : word));
  return [
    ...words,
    ...(base === undefined ? [] : ["--base", base]),
    ...(target === undefined ? [] : ["--target", target]),
  ].join(" ");
}

function endOf(code: ExitCode): Parameters<CommandRun["close"]>[0] {
  if (code === EXIT.interrupted) return "interrupted";
  if (code === EXIT.waiting) return "waiting";
  return code === EXIT.ok || code === EXIT.changes ? "succeeded" : "failed";
}
