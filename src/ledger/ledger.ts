import type { ObjectStore } from "../stores/object-store.ts";
import { type ApprovalLedger, openApprovals } from "./approvals.ts";
import { type BundleLedger, openBundles } from "./bundles.ts";
import { type EvidenceLedger, openEvidence } from "./evidence.ts";
import { type InventoryLedger, openInventory } from "./inventory.ts";
import { openQuality, type QualityLedger } from "./quality-history.ts";
import { type RunLedger, openRuns } from "./runs.ts";
import { openSteps, type StepLedger } from "./step-records.ts";

/** What platc remembers of a platform, beside its states. Every write is conditional: see StoreConflictError. */
export interface Ledger {
  /** For people. */
  readonly location: string;
  readonly inventory: InventoryLedger;
  readonly evidence: EvidenceLedger;
  readonly approvals: ApprovalLedger;
  readonly runs: RunLedger;
  readonly bundles: BundleLedger;
  readonly quality: QualityLedger;
  readonly steps: StepLedger;
}

/** Opens the ledger of a platform in a store; nothing is read or written yet. */
export function openLedger(store: ObjectStore, platform: string): Ledger {
  const prefix = `${platform}/.platc`;
  return {
    location: `${store.location}/${prefix}`,
    inventory: openInventory(store, `${prefix}/inventory/`),
    evidence: openEvidence(store, `${prefix}/evidence/`),
    approvals: openApprovals(store, `${prefix}/approvals/`),
    runs: openRuns(store, `${prefix}/journal/`),
    bundles: openBundles(store, `${prefix}/bundles/`),
    quality: openQuality(store, `${prefix}/quality/`),
    steps: openSteps(store, `${prefix}/steps/`),
  };
}
