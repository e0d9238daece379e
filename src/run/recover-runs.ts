import { findUnfinishedRuns, type UnfinishedProcess, type UnfinishedRun } from "../ledger/unfinished-runs.ts";
import { openRunJournal } from "../ledger/run-journal.ts";
import { rm } from "node:fs/promises";
import { readLeftoverRuns } from "../terraform/process-record.ts";
import { FLAVOURS } from "../text/flavour.ts";
import type { RunContext } from "./run-context.ts";
import { recoverProcess } from "./recover-process.ts";

/** Why a run cannot begin yet. */
export interface Busy {
  readonly message: string;
  readonly hint: string;
}

/**
 * Puts in order what earlier runs of this folder left that were ended by force. Undefined where the run may begin;
 * else another platc, or the Terraform of one that is gone, still works on one of the addresses.
 */
export async function recoverRuns(
  context: RunContext,
  addresses: ReadonlySet<string>,
): Promise<Busy | undefined> {
  const { runs, faults } = await findUnfinishedRuns(context.root);
  for (const fault of faults) context.tell({ kind: "note", message: fault.message, hint: fault.hint });
  const others = runs.filter(
    ({ run }) => run.runId !== context.runId && run.platform === context.platform.spec.name,
  );
  for (const unfinished of others) {
    const busy = busyWith(context, unfinished, addresses);
    if (busy) return busy;
  }
  for (const unfinished of others) await recoverRun(context, unfinished);
  return undefined;
}

function busyWith(
  { tools }: RunContext,
  unfinished: UnfinishedRun,
  addresses: ReadonlySet<string>,
): Busy | undefined {
  const { run, ownerStatus, processes } = unfinished;
  if (ownerStatus === "alive" && (run.addresses ?? [...addresses]).some((one) => addresses.has(one)))
    return {
      message: `another platc is at work here: ${run.command} of '${run.platform}', process ${run.owner.pid}, since ${run.at}`,
      hint: "wait until it has ended; two runs in one folder would take each other's plans",
    };
  const alive = processes.find((process) => addresses.has(process.start.address) && isAlive(process));
  if (!alive) return undefined;
  const { address, at, operation } = alive.start;
  const pid = alive.identity?.pid;
  return {
    message: `${FLAVOURS[tools.terraform.flavour].product} still works on '${address}' (${operation}${pid === undefined ? "" : `, process ${pid}`}, since ${at}), though the platc that started it is gone`,
    hint: "it saves its state and frees its lock by itself; run this again when it has ended",
  };
}

async function recoverRun(context: RunContext, unfinished: UnfinishedRun): Promise<void> {
  const { run, ownerStatus, processes } = unfinished;
  const isOurs = ownerStatus === "dead" && run.target === context.target.kind;
  if (!isOurs || processes.some(isAlive)) return;
  let isInOrder = true;
  for (const process of processes)
    if (!(await recoverProcess(context, run.platform, process))) isInOrder = false;
  if (!isInOrder) return;
  if (processes.length > 0)
    context.tell({
      kind: "note",
      message: `the ${run.command} of ${run.at} was ended by force; what it left is in order now`,
    });
  await removePlanFiles(processes);
  const journal = await openRunJournal(context.root, run.runId);
  await journal.append({ kind: "run-ended", at: context.now().toISOString(), outcome: "recovered" });
  await journal.close();
}

/** Where platc died before it could write down the process, the log folder tells. */
function isAlive({ start, identity, status }: UnfinishedProcess): boolean {
  if (status !== "unknown" || identity !== null) return status === "alive";
  return readLeftoverRuns(start.logFolder).some((run) => run.isAlive);
}

async function removePlanFiles(processes: readonly UnfinishedProcess[]): Promise<void> {
  for (const { start } of processes) await rm(`${start.folder}/plan.tfplan`, { force: true });
}
