import type { InventoryEntry } from "../ledger/inventory-entry.ts";
import type { Stamped } from "../ledger/entry.ts";
import { StoreMissingError } from "../stores/store-error.ts";
import { readState, type StateFile } from "../stores/state-file.ts";
import type { Stack } from "../stacks/stack.ts";
import type { RunContext } from "./run-context.ts";

/** What is known of a stack before anything is started: one read of its state and one of its inventory entry. */
export interface StackKnowledge {
  readonly stack: Stack;
  readonly entry: Stamped<InventoryEntry> | undefined;
  readonly state: StateFile | undefined;
  /** False where the backend itself is not there yet. */
  readonly hasBackend: boolean;
}

/** Reads what is known of a stack. */
export async function readKnowledge(context: RunContext, stack: Stack): Promise<StackKnowledge> {
  try {
    const { store, objectKey } = await context.stateStore(stack);
    const ledger = await context.ledger(stack);
    const [entry, state] = await Promise.all([
      ledger.inventory.read(stack.address),
      objectKey === null ? undefined : readState(store, objectKey),
    ]);
    return { stack, entry, state, hasBackend: true };
  } catch (error) {
    if (error instanceof StoreMissingError)
      return { stack, entry: undefined, state: undefined, hasBackend: false };
    throw error;
  }
}
