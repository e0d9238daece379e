import type { InventoryEntry } from "../ledger/inventory-entry.ts";
import { LedgerError } from "../ledger/ledger-error.ts";
import type { Stack } from "../stacks/stack.ts";
import { lockHolder } from "../stores/lock-holder.ts";
import { StoreError } from "../stores/store-error.ts";
import type { RunContext } from "./run-context.ts";

/** Who else works on a stack, or has worked on it last, and since when: a sentence; undefined where nothing tells. */
export async function otherRun(context: RunContext, stack: Stack): Promise<string | undefined> {
  try {
    return (await lockOf(context, stack)) ?? (await entryOf(context, stack));
  } catch (error) {
    if (error instanceof StoreError || error instanceof LedgerError) return undefined;
    throw error;
  }
}

async function lockOf(context: RunContext, stack: Stack): Promise<string | undefined> {
  const { store, backend } = await context.stateStore(stack);
  const lock = await lockHolder(store, backend, stack.state.key);
  return lock.status === "held"
    ? `${lock.holder.who} holds the lock of its state since ${lock.holder.created}`
    : undefined;
}

async function entryOf(context: RunContext, stack: Stack): Promise<string | undefined> {
  const ledger = await context.ledger(stack);
  return whoWrote(context, (await ledger.inventory.read(stack.address))?.entry);
}

/** Whose an entry is that another run has written, in the same words. */
export function whoWrote(
  context: Pick<RunContext, "runId">,
  entry: InventoryEntry | undefined,
): string | undefined {
  if (!entry || entry.runId === context.runId) return undefined;
  const { runId, by = "somebody", appliedAt } = entry;
  return entry.status === "complete"
    ? `${by} has applied it at ${appliedAt} (run ${runId})`
    : `${by} has begun to work on it at ${appliedAt}, and has not ended well since (run ${runId})`;
}
