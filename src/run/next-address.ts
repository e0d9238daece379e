import type { InventoryEntry } from "../ledger/inventory-entry.ts";
import type { Platform } from "../stacks/platform-model.ts";

/** The stack that names an address under `moved`; undefined where there is none. */
export function nextAddress(platform: Platform, address: string): string | undefined {
  return platform.stacks.find(({ moved }) => moved.some((one) => one.address === address))?.address;
}

/**
 * Whether what is applied at an earlier address goes over to the stack that names it: not where that one was made
 * anew before it did. The same lineage at both is one state, of which an interrupted apply has left a copy.
 */
export function goesOver(earlier: InventoryEntry, own: InventoryEntry | undefined): boolean {
  return own === undefined || own.state?.lineage === earlier.state?.lineage;
}
