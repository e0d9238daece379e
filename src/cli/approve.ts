import type { Command } from "commander";
import type { Context } from "./context.ts";
import { CommandError, EXIT, type ExitCode } from "./exit-codes.ts";

interface ApproveFlags {
  readonly spec?: string;
  readonly target?: string;
  readonly reject?: boolean;
  readonly note?: string;
  readonly json?: boolean;
}

/** `platc approve`: says yes, or no, to what an apply has shown and waits for. */
export function addApprove(
  program: Command,
  run: (work: () => Promise<ExitCode>) => Promise<void>,
  context: Context,
): void {
  program
    .command("approve")
    .argument("[id]", "the id that the apply has told, or its beginning; without it, what waits is listed")
    .description("approve what an apply has shown and waits for; the same apply then goes on")
    .option("--target <target>", "where it waits: cloud or emulator")
    .option("--reject", "reject it instead")
    .option("--note <text>", "why, for those who read it later")
    .option("--json", "print the answer as JSON")
    .addHelpText(
      "after",
      "\nExamples:\n  platc approve\n  platc approve 1f0c9a\n  platc approve 1f0c9a --reject --note 'not on a Friday'\n",
    )
    .action((id: string | undefined, _flags: ApproveFlags, command: Command) =>
      run(() => approveCommand(id, command.optsWithGlobals(), context)),
    );
}

async function approveCommand(
  id: string | undefined,
  flags: ApproveFlags,
  context: Context,
): Promise<ExitCode> {
  const { openLedgers } = await import("./open-ledgers.ts");
  const { whoAmI } = await import("../run/approve-plan.ts");
  const { ledgers } = await openLedgers(context, flags);
  const found = (
    await Promise.all(
      ledgers.map(async (ledger) => {
        const ids = await ledger.approvals.ids(id ?? "");
        const read = await Promise.all(ids.map((one) => ledger.approvals.read(one)));
        return read.flatMap((approval) => (approval ? [{ approval, ledger }] : []));
      }),
    )
  ).flat();
  const waiting = found.filter(
    ({ approval }) => approval.entry.decision === null && approval.entry.usedBy === null,
  );
  if (id === undefined) {
    const lines = waiting.map(
      ({ approval: { entry } }) =>
        `${entry.id.slice(0, 12)}  ${entry.command} ${entry.target}  ${entry.stacks.map((stack) => stack.address).join(", ")}  (${entry.reason}, planned ${entry.plannedAt} by ${entry.plannedBy})`,
    );
    context.stdout.write(
      flags.json
        ? `${JSON.stringify(waiting.map(({ approval }) => approval.entry))}\n`
        : `${lines.join("\n") || "nothing waits for an approval"}\n`,
    );
    return EXIT.ok;
  }
  const [only, second] = found;
  if (!only) throw new CommandError(`there is no approval '${id}'`, "'platc approve' lists what waits");
  if (second)
    throw new CommandError(
      `'${id}' could be any of ${found.map(({ approval }) => approval.entry.id.slice(0, 12)).join(", ")}`,
      "type more of it",
    );
  const { entry } = only.approval;
  if (entry.usedBy !== null)
    throw new CommandError(
      `'${entry.id.slice(0, 12)}' has been used by run ${entry.usedBy}`,
      "an approval is good for one apply; apply again to see what is new",
    );
  const outcome = flags.reject ? "rejected" : "approved";
  await only.ledger.approvals.decide(only.approval, {
    outcome,
    by: whoAmI(),
    at: context.now().toISOString(),
    note: flags.note ?? null,
  });
  context.stdout.write(
    flags.json
      ? `${JSON.stringify({ id: entry.id, outcome })}\n`
      : `${outcome}: ${entry.stacks.map((stack) => stack.address).join(", ")}\n`,
  );
  return EXIT.ok;
}
