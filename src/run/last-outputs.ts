import type { InventoryEntry } from "../ledger/inventory-entry.ts";
import { parseJson } from "../plans/json.ts";
import { mergeValue } from "../plans/merge-value.ts";
import { type PartialValue, UNKNOWN_VALUE } from "../plans/value.ts";

/** The outputs that a stack consumed last, by upstream; a secret one was not kept, and is unknown. */
export function lastOutputs(entry: InventoryEntry): ReadonlyMap<string, ReadonlyMap<string, PartialValue>> {
  const byAddress = new Map<string, Map<string, PartialValue>>();
  for (const [name, text] of Object.entries(entry.lastOutputs)) {
    const [address = "", output = ""] = name.split("#");
    const outputs = byAddress.get(address) ?? new Map<string, PartialValue>();
    outputs.set(
      output,
      text === null ? { ...UNKNOWN_VALUE, sensitive: true } : mergeValue({ value: parseJson(text) }),
    );
    byAddress.set(address, outputs);
  }
  return byAddress;
}
