import type { InventoryEntry } from "../ledger/inventory-entry.ts";
import type { Platform } from "../stacks/platform-model.ts";

/** The addresses that stacks name under `moved`, and the stack that names each. */
export function nextAddresses({ stacks }: Platform): ReadonlyMap<string, string> {
  return new Map(stacks.flatMap(({ address, moved }) => moved.map((one) => [one.address, address] as const)));
}

/**
 * Whether what is applied at an earlier address goes over to the stack that names it: not where that one was made
 * anew before it did. The same lineage at both is one state, of which an interrupted apply has left a copy.
 */
export function goesOver(earlier: InventoryEntry, own: InventoryEntry | undefined): boolean {
  return own === undefined || own.state?.lineage === earlier.state?.lineage;
}
