import type { InventoryEntry } from "../ledger/inventory-entry.ts";
import { isSameDefinition } from "./is-same-definition.ts";
import type { RunContext } from "./run-context.ts";

/** What the tests found; null where they spoke of another definition, or of another target than that of this run. */
export function testedHere(
  context: RunContext,
  address: string,
  entry: InventoryEntry | undefined,
): InventoryEntry["tested"] {
  const isTheSame = entry?.target === context.target.kind && isSameDefinition(context, address, entry);
  return isTheSame ? entry.tested : null;
}
