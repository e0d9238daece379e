import type { InventoryEntry } from "../ledger/inventory-entry.ts";
import { type PartialValue, UNKNOWN_VALUE } from "../plans/value.ts";
import type { Stack } from "../stacks/stack.ts";
import { lastOutputs } from "./last-outputs.ts";
import { stateOutputs } from "./output-views.ts";
import type { StandIns } from "./restore-orphan.ts";
import type { RunContext } from "./run-context.ts";
import { readKnowledge } from "./stack-knowledge.ts";

/**
 * Upstreams whose state does not hold what is read any more, with the outputs that were consumed last; what was
 * never consumed, or was sensitive, is unknown.
 */
export async function goneUpstreams(
  context: RunContext,
  consumed: Stack["consumed"],
  entry: InventoryEntry | undefined,
): Promise<StandIns> {
  const last = entry ? lastOutputs(entry) : new Map<string, ReadonlyMap<string, PartialValue>>();
  const gone = new Map<string, ReadonlyMap<string, PartialValue>>();
  for (const address of new Set(consumed.map((one) => one.address))) {
    const known = last.get(address);
    const names = consumed.flatMap((one) => (one.address === address ? [one.output] : []));
    const outputs = new Map(names.map((name) => [name, known?.get(name) ?? UNKNOWN_VALUE] as const));
    const upstream = context.platform.stackByAddress.get(address);
    const { state, moving } = upstream ? await readKnowledge(context, upstream) : {};
    const held = moving && stateOutputs(moving.state);
    if (held)
      gone.set(address, new Map([...outputs].map(([name, value]) => [name, held.get(name) ?? value])));
    else if (!names.every((name) => state?.outputs.has(name))) gone.set(address, outputs);
  }
  return gone;
}
