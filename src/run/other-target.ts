import type { InventoryEntry } from "../ledger/inventory-entry.ts";
import type { StateFile } from "../stores/state-file.ts";
import { isEmulatedProvider } from "../targets/is-emulated-provider.ts";
import type { RunContext } from "./run-context.ts";

/** A state, and what the inventory knows of it. */
export interface TargetedState {
  readonly entry: { readonly entry: Pick<InventoryEntry, "target"> } | undefined;
  readonly state: StateFile | undefined;
}

/** The other target that a state was applied on last. */
export interface OtherTarget {
  readonly kind: "cloud" | "emulator";
  /** Whether the state names what exists there alone: on this target Terraform would take it for lost, or for another's. */
  readonly isBound: boolean;
}

/**
 * Where a state was applied last, if not on the target of this run. Only a backend that is not in the emulator itself
 * holds such a state; a rehearsal has a place of its own.
 */
export function otherTarget(
  { target }: RunContext,
  { entry, state }: TargetedState,
): OtherTarget | undefined {
  const kind = entry?.entry.target;
  if (target.kind === "rehearsal" || kind === target.kind) return undefined;
  if (kind !== "cloud" && kind !== "emulator") return undefined;
  const held = (state?.resources ?? []).filter(({ mode, instances }) => mode === "managed" && instances > 0);
  return { kind, isBound: held.some(({ provider }) => isEmulatedProvider(provider)) };
}
