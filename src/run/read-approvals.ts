import type { Stamped } from "../ledger/entry.ts";
import type { ApprovalEntry } from "../ledger/approval-entry.ts";
import { mapInTurns } from "../ledger/entry-store.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { StoreMissingError } from "../stores/store-error.ts";
import { byCodePoint } from "../text/compare.ts";

/** Something put forward for approval, with the ledger that it lies in. */
export interface FoundApproval {
  readonly approval: Stamped<ApprovalEntry>;
  readonly ledger: Ledger;
}

/** What was put forward in some ledgers and no run has used, the newest first; `beginning` is that of its id. */
export async function readApprovals(
  ledgers: Iterable<Ledger>,
  beginning = "",
): Promise<readonly FoundApproval[]> {
  const found = await Promise.all([...new Set(ledgers)].map((ledger) => readLedger(ledger, beginning)));
  return found.flat().sort((left, right) => byCodePoint(timeOf(right), timeOf(left)));
}

const READS_AT_ONCE = 8;

async function readLedger(ledger: Ledger, beginning: string): Promise<readonly FoundApproval[]> {
  const ids = await ledger.approvals.ids(beginning).catch(noBackend);
  const read = await mapInTurns(ids, READS_AT_ONCE, (id) => ledger.approvals.read(id));
  return read.flatMap((approval) => (approval ? [{ approval, ledger }] : []));
}

function timeOf({ approval }: FoundApproval): string {
  return approval.entry.plannedAt;
}

function noBackend(error: unknown): readonly string[] {
  if (error instanceof StoreMissingError) return [];
  throw error;
}
