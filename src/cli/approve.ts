import type { Command } from "commander";
import type { ApprovalEntry } from "../ledger/approval-entry.ts";
import type { FoundApproval } from "../run/read-approvals.ts";
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
    .option("--target <target>", "where it waits: cloud, emulator or rehearsal")
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
  const { readApprovals } = await import("../run/read-approvals.ts");
  const { ledgers } = await openLedgers(context, flags);
  const found = await readApprovals(ledgers, id);
  const print = (value: unknown, text: string): void =>
    void context.stdout.write(`${flags.json ? JSON.stringify(value) : text}\n`);
  if (id === undefined) {
    const waiting = found.map(({ approval }) => approval.entry).filter(isWaiting);
    print(waiting, waiting.map(describe).join("\n") || "nothing waits for an approval");
    return EXIT.ok;
  }
  const { approval, ledger } = onlyOne(id, found);
  const { entry } = approval;
  const outcome = flags.reject ? "rejected" : "approved";
  const earlier = entry.decision;
  const decided = earlier === null ? "" : ` (${earlier.outcome} by ${earlier.by} at ${earlier.at} before)`;
  if (earlier?.outcome === outcome) {
    print({ id: entry.id, outcome, before: earlier }, `${outcome} already: ${addressesOf(entry)}${decided}`);
    return EXIT.ok;
  }
  const { whoAmI } = await import("../run/who-am-i.ts");
  const at = context.now().toISOString();
  await ledger.approvals.decide(approval, { outcome, by: whoAmI(), at, note: flags.note ?? null });
  const before = earlier === null ? {} : { before: earlier };
  print({ id: entry.id, outcome, ...before }, `${outcome}: ${addressesOf(entry)}${decided}`);
  return EXIT.ok;
}

function isWaiting({ decision, usedBy }: ApprovalEntry): boolean {
  return decision === null && usedBy === null;
}

function describe(entry: ApprovalEntry): string {
  const why = { gate: "shown", deferred: "could be planned only at its turn", changed: "not as approved" };
  return `${shortOf(entry)}  ${entry.command} on ${entry.target}  ${addressesOf(entry)}  (${why[entry.reason]}; planned ${entry.plannedAt} by ${entry.plannedBy})${unprovenOf(entry)}`;
}

/** What no environment before has proven, on a line of its own for each stack. */
function unprovenOf({ stacks }: ApprovalEntry): string {
  return stacks
    .filter(({ unproven }) => unproven.length > 0)
    .map(({ address, unproven }) => `\n  not proven before: ${address} ${unproven.join(", ")}`)
    .join("");
}

function addressesOf({ stacks }: ApprovalEntry): string {
  return stacks.map((stack) => stack.address).join(", ");
}

function shortOf({ id }: ApprovalEntry): string {
  return id.slice(0, 12);
}

function onlyOne(id: string, found: readonly FoundApproval[]): FoundApproval {
  const [only, second] = found;
  if (!only)
    throw new CommandError(
      `there is no approval '${id}'`,
      "'platc approve' lists what waits; what waits on another target is found with --target",
      EXIT.usage,
    );
  if (second) {
    const all = found.map(({ approval }) => shortOf(approval.entry)).join(", ");
    throw new CommandError(`'${id}' could be any of ${all}`, "type more of it", EXIT.usage);
  }
  const { entry } = only.approval;
  if (entry.usedBy === null) return only;
  throw new CommandError(
    `'${shortOf(entry)}' has been used by run ${entry.usedBy}`,
    "an approval is good for one apply; apply again to see what is new",
  );
}
