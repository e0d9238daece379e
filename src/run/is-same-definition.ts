import type { InventoryEntry } from "../ledger/inventory-entry.ts";
import type { RunContext } from "./run-context.ts";

/** Whether what was applied last under an address, and ended well, is what the spec says of it now. */
export function isSameDefinition(context: RunContext, address: string, entry: InventoryEntry): boolean {
  const parts = context.manifestByAddress.get(address)?.parts ?? {};
  const names = new Set([...Object.keys(parts), ...Object.keys(entry.parts)]);
  return entry.status === "complete" && [...names].every((name) => parts[name] === entry.parts[name]);
}
