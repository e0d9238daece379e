import type { ObjectStore } from "../stores/object-store.ts";
import { StoreConflictError } from "../stores/store-error.ts";
import type { EntryContent, Stamped } from "./entry.ts";
import { listEntryNames, readEntry, writeEntry } from "./entry-store.ts";
import { EVIDENCE_ENTRY, type EvidenceEntry, type Proof } from "./evidence-entry.ts";

/** What a proof is about. */
export type EvidenceSubject = Pick<EvidenceEntry, "address" | "stack" | "releaseDigest" | "parts">;

/** What was applied and tested, by address and release digest. */
export interface EvidenceLedger {
  read(address: string, releaseDigest: string): Promise<Stamped<EvidenceEntry> | undefined>;
  /** The release digests that the address has evidence of. */
  digests(address: string): Promise<readonly string[]>;
  /** Adds or renews what one kind of target has proven; what others have proven stays. */
  record(subject: EvidenceSubject, target: string, proof: Proof): Promise<EvidenceEntry>;
}

const TRIES = 20;

export function openEvidence(store: ObjectStore, prefix: string): EvidenceLedger {
  const keyOf = (address: string, digest: string) => `${prefix}${address}/${digest}.json`;
  const read = (address: string, digest: string) => readEntry(store, keyOf(address, digest), EVIDENCE_ENTRY);
  const recordOnce = async (subject: EvidenceSubject, target: string, proof: Proof) => {
    const previous = await read(subject.address, subject.releaseDigest);
    const proofs = { ...previous?.entry.proofs, [target]: proof };
    const { address, stack, releaseDigest, parts } = subject;
    const content: EntryContent<EvidenceEntry> = {
      runId: proof.runId,
      address,
      stack,
      releaseDigest,
      parts,
      proofs,
    };
    return writeEntry<EvidenceEntry>(store, keyOf(address, releaseDigest), content, previous);
  };
  return {
    read,
    digests: async (address) => {
      const names = await listEntryNames(store, `${prefix}${address}/`);
      return names.filter((name) => !name.includes("/"));
    },
    record: async (subject, target, proof) => {
      for (let tries = 1; ; tries++) {
        try {
          return (await recordOnce(subject, target, proof)).entry;
        } catch (error) {
          if (!(error instanceof StoreConflictError) || tries === TRIES) throw error;
        }
      }
    },
  };
}
