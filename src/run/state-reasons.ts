import type { InventoryEntry } from "../ledger/inventory-entry.ts";
import type { StateFile } from "../stores/state-file.ts";

/** How a state is another one than the inventory knows, a sentence for each way; empty where it is the same. */
export function stateReasons(
  entry: Pick<InventoryEntry, "state">,
  state: Pick<StateFile, "lineage" | "serial"> | undefined,
): readonly string[] {
  if (!state) return entry.state ? ["its state is gone"] : [];
  if (!entry.state) return ["its state appeared without platc"];
  if (entry.state.lineage !== state.lineage) return ["its state was replaced by another one"];
  return entry.state.serial === state.serial
    ? []
    : [`its state was changed without platc (serial ${state.serial}, was ${entry.state.serial})`];
}
