import type { Stamped } from "../ledger/entry.ts";
import type { InventoryEntry } from "../ledger/inventory-entry.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { invariant } from "../diagnostics/invariant.ts";
import type { Stack } from "../stacks/stack.ts";
import { isSeed } from "../stores/rehearsed-state.ts";
import { readState, type StateFile } from "../stores/state-file.ts";
import { stateLocation } from "../stores/state-location.ts";
import type { RunContext } from "./run-context.ts";

/** A state that still lies where the stack was before: it is carried over before the stack is applied. */
export interface MovingState {
  readonly from: string;
  readonly entry: Stamped<InventoryEntry>;
  readonly objectKey: string;
  readonly bytes: Uint8Array;
  readonly state: StateFile;
}

/** Looks for the state of a stack under the earlier addresses that it names. */
export async function findMovingState(
  context: RunContext,
  stack: Stack,
  ledger: Ledger,
): Promise<MovingState | undefined> {
  for (const { address } of stack.moved) {
    const entry = await ledger.inventory.read(address);
    if (!entry) continue;
    const { store } = await context.stateStore(stack);
    const { objectKey } = stateLocation(entry.entry.backend, entry.entry.stateKey);
    const object = objectKey === null ? undefined : await store.read(objectKey);
    const state = objectKey === null ? undefined : await readState(store, objectKey);
    if (objectKey !== null && object && state)
      return { from: address, entry, objectKey, bytes: object.bytes, state };
  }
  return undefined;
}

/**
 * Carries a state to the stack's own place: first the copy, then the inventory, the old ones last, so that an
 * interruption leaves two copies at worst and the next run goes on.
 */
export async function carryState(context: RunContext, stack: Stack, moving: MovingState): Promise<void> {
  const { store, objectKey, backend } = await context.stateStore(stack);
  const ledger = await context.ledger(stack);
  invariant(objectKey !== null, `the state of '${stack.address}' is no object`);
  const present = await readState(store, objectKey);
  // A rehearsal lays an empty beginning down for every stack, before it is known what is carried where.
  const condition =
    present && isSeed(present) ? { ifVersion: present.version } : ({ ifAbsent: true } as const);
  if (present?.lineage !== moving.state.lineage) await store.write(objectKey, moving.bytes, condition);
  const { format: _format, sequence: _sequence, ...content } = moving.entry.entry;
  const coordinates = {
    name: stack.name,
    environment: stack.environment.name,
    customer: stack.customer ?? null,
    each: stack.each?.key ?? null,
  };
  await ledger.inventory.write(
    {
      ...content,
      runId: context.runId,
      address: stack.address,
      stack: coordinates,
      stateKey: stack.state.key,
      backend,
    },
    undefined,
  );
  const steps = await ledger.steps.read(moving.from);
  if (steps) {
    const { format: _stepFormat, sequence: _stepSequence, ...records } = steps.entry;
    const before = await ledger.steps.read(stack.address);
    await ledger.steps.write({ ...records, runId: context.runId, address: stack.address }, before);
    await ledger.steps.remove(steps);
  }
  await ledger.inventory.remove(moving.entry);
  await store.remove(moving.objectKey);
}
