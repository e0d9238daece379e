import type { InventoryEntry } from "../ledger/inventory-entry.ts";
import type { Stamped } from "../ledger/entry.ts";
import type { ObjectStore } from "../stores/object-store.ts";
import { isRehearsedState, isSeed } from "../stores/rehearsed-state.ts";
import { StoreError, StoreMissingError } from "../stores/store-error.ts";
import { readState, type StateFile } from "../stores/state-file.ts";
import type { Stack } from "../stacks/stack.ts";
import type { StepsEntry } from "../ledger/step-record.ts";
import { findMovingState, type MovingState } from "./carry-state.ts";
import type { RunContext } from "./run-context.ts";

/** What is known of a stack before anything is started: one read of its state and one of its inventory entry. */
export interface StackKnowledge {
  readonly stack: Stack;
  readonly entry: Stamped<InventoryEntry> | undefined;
  readonly state: StateFile | undefined;
  /** What its steps have done; undefined where it has none. */
  readonly steps: Stamped<StepsEntry> | undefined;
  /** False where the backend itself is not there yet. */
  readonly hasBackend: boolean;
  /** The state under an earlier address, which is carried over before an apply. */
  readonly moving: MovingState | undefined;
}

/** Reads the state that a run goes by: what was rehearsed is no state of a cloud, and its empty beginning is none at all. */
async function readOwnState(
  context: RunContext,
  store: ObjectStore,
  objectKey: string,
): Promise<StateFile | undefined> {
  const state = await readState(store, objectKey);
  if (!state || !isRehearsedState(state)) return state;
  if (context.target.kind === "rehearsal") return isSeed(state) ? undefined : state;
  throw new StoreError(
    store.location,
    `'${objectKey}' is the state of a rehearsal: nothing that it names exists. Take it away from there; a rehearsal keeps its states in '.platc'.`,
  );
}

/** Reads what is known of a stack. */
export async function readKnowledge(context: RunContext, stack: Stack): Promise<StackKnowledge> {
  try {
    const { store, objectKey } = await context.stateStore(stack);
    const ledger = await context.ledger(stack);
    const [entry, state, steps] = await Promise.all([
      ledger.inventory.read(stack.address),
      objectKey === null ? undefined : readOwnState(context, store, objectKey),
      stack.steps.length === 0 ? undefined : ledger.steps.read(stack.address),
    ]);
    const moving = entry ? undefined : await findMovingState(context, stack, ledger);
    return { stack, entry, state, steps, hasBackend: true, moving };
  } catch (error) {
    if (error instanceof StoreMissingError)
      return {
        stack,
        entry: undefined,
        state: undefined,
        steps: undefined,
        hasBackend: false,
        moving: undefined,
      };
    throw error;
  }
}
