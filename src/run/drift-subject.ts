import { stackFolder } from "../emit/emit-stack.ts";
import type { Stamped } from "../ledger/entry.ts";
import type { InventoryEntry } from "../ledger/inventory-entry.ts";
import { readState, type StateFile } from "../stores/state-file.ts";
import { stateLocation } from "../stores/state-location.ts";
import { appliedPlace } from "./applied-place.ts";
import { stackUnit } from "./destroy-unit.ts";
import type { Orphan } from "./find-orphans.ts";
import { isSameDefinition } from "./is-same-definition.ts";
import { type RestoredRoot, restoredRoot } from "./restored-root.ts";
import type { RunContext } from "./run-context.ts";
import type { StackKnowledge } from "./stack-knowledge.ts";

/** Something that may have drifted: a stack of the spec, or one that has left it and is still applied. */
export interface DriftSubject {
  readonly address: string;
  readonly entry: Stamped<InventoryEntry> | undefined;
  readonly state: StateFile | undefined;
  /** Names of the variables that its root module needs. */
  readonly variables: readonly string[];
  /** The root module that it was applied from; undefined where nobody has it any more. */
  readonly root: () => Promise<RestoredRoot | undefined>;
}

/**
 * A stack of the spec where it is applied. Where the spec says something else since, it is looked at with the root
 * that the inventory keeps: a change that waits to be applied is no drift.
 */
export function stackSubject(context: RunContext, knowledge: StackKnowledge): DriftSubject {
  const { stack } = knowledge;
  const { entry, state } = appliedPlace(context, knowledge);
  const compiled = { address: stack.address, entry, state, variables: stack.variables };
  const compiledRoot = async (): Promise<RestoredRoot> => stackUnit(context, stack);
  const isAsCompiled =
    !entry || knowledge.moving !== undefined || isSameDefinition(context, stack.address, entry.entry);
  if (isAsCompiled) return { ...compiled, root: compiledRoot };
  return {
    ...compiled,
    variables: Object.keys(entry.entry.variables),
    root: async () => {
      const ledger = await context.ledger(stack);
      const restored = await restoredRoot(context, { address: stack.address, entry: entry.entry, ledger });
      return isWhole(context, stack.address, restored) ? restored : compiledRoot();
    },
  };
}

/** A stack that has left the spec, as the inventory keeps it. */
export async function orphanSubject(context: RunContext, orphan: Orphan): Promise<DriftSubject> {
  const { address, ledger } = orphan;
  const { entry } = orphan.entry;
  const { objectKey } = stateLocation(entry.backend, entry.stateKey);
  const store = await context.objectStore(entry.backend);
  return {
    address,
    entry: orphan.entry,
    state: objectKey === null ? undefined : await readState(store, objectKey),
    variables: Object.keys(entry.variables),
    root: async () => {
      const restored = await restoredRoot(context, { address, entry, ledger });
      return isWhole(context, address, restored) ? restored : undefined;
    },
  };
}

/** The inventory may have lost a root, or keep the one of an address that the stack had before. */
function isWhole({ platform }: RunContext, address: string, { files }: RestoredRoot): boolean {
  const main = `${stackFolder(platform.spec.name, address)}/main.tf.json`;
  return files.some(({ path }) => path === main);
}
