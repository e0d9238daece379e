import type { ObjectStore } from "../stores/object-store.ts";
import { APPROVAL_ENTRY, type ApprovalDecision, type ApprovalEntry, approvalId } from "./approval-entry.ts";
import type { EntryContent, Stamped } from "./entry.ts";
import { listEntryNames, readEntry, writeEntry } from "./entry-store.ts";
import { StoreConflictError } from "../stores/store-error.ts";

/** What a run puts forward for approval. */
export type Proposal = Omit<EntryContent<ApprovalEntry>, "id" | "decision" | "usedBy">;

/** What was shown and waits for a person, or has been decided. */
export interface ApprovalLedger {
  /** Puts it forward under the id that its content gives; the one that is there already, where it is the same. */
  propose(proposal: Proposal): Promise<Stamped<ApprovalEntry>>;
  read(id: string): Promise<Stamped<ApprovalEntry> | undefined>;
  /** All ids that begin so; people type the first characters. */
  ids(beginning?: string): Promise<readonly string[]>;
  decide(approval: Stamped<ApprovalEntry>, decision: ApprovalDecision): Promise<Stamped<ApprovalEntry>>;
  /** Marks it as used up, before the apply. Two runs cannot both use it: the second gets StoreConflictError. */
  use(approval: Stamped<ApprovalEntry>, runId: string): Promise<Stamped<ApprovalEntry>>;
}

export function openApprovals(store: ObjectStore, prefix: string): ApprovalLedger {
  const keyOf = (id: string) => `${prefix}${id}.json`;
  const read = (id: string) => readEntry(store, keyOf(id), APPROVAL_ENTRY);
  const rewrite = (approval: Stamped<ApprovalEntry>, changes: Partial<EntryContent<ApprovalEntry>>) =>
    writeEntry<ApprovalEntry>(store, keyOf(approval.entry.id), { ...approval.entry, ...changes }, approval);
  return {
    read,
    ids: (beginning = "") =>
      listEntryNames(store, prefix).then((ids) => ids.filter((id) => id.startsWith(beginning))),
    propose: async (proposal) => {
      const id = approvalId(proposal);
      try {
        const content = { ...proposal, id, decision: null, usedBy: null };
        return await writeEntry<ApprovalEntry>(store, keyOf(id), content, undefined);
      } catch (error) {
        const existing = error instanceof StoreConflictError ? await read(id) : undefined;
        if (existing === undefined) throw error;
        return existing;
      }
    },
    decide: (approval, decision) => rewrite(approval, { decision }),
    use: async (approval, runId) => {
      const { id, usedBy } = approval.entry;
      if (usedBy !== null) throw new StoreConflictError(store.location, keyOf(id));
      return rewrite(approval, { usedBy: runId });
    },
  };
}
