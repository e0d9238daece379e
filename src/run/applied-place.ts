import type { OutputFile } from "../emit/emit-platform.ts";
import { stackFolder } from "../emit/emit-stack.ts";
import type { Stamped } from "../ledger/entry.ts";
import type { InventoryEntry } from "../ledger/inventory-entry.ts";
import type { Stack } from "../stacks/stack.ts";
import { readState, type StateFile } from "../stores/state-file.ts";
import { movedFiles } from "./renamed-modules.ts";
import type { RunContext } from "./run-context.ts";
import { readKnowledge, type StackKnowledge } from "./stack-knowledge.ts";

/** Where a stack is applied: at its own place, or at the one that it moves away from and no apply has carried it from. */
export interface AppliedPlace {
  /** The stack, with the key of the state as it lies. */
  readonly stack: Stack;
  readonly state: StateFile | undefined;
  readonly entry: Stamped<InventoryEntry> | undefined;
  /** What goes beside the stack's own files, so that Terraform knows modules that were renamed. */
  readonly files: readonly OutputFile[];
  readonly readState: () => Promise<StateFile | undefined>;
  /** Takes a copy away that an interrupted apply has left at the stack's own place. */
  readonly removeCopy: () => Promise<void>;
}

/** Finds where a stack is applied. */
export function appliedPlace(
  context: RunContext,
  { stack, state, entry, moving }: StackKnowledge,
): AppliedPlace {
  const folder = stackFolder(context.platform.spec.name, stack.address);
  const files = movedFiles(folder, stack, moving?.state ?? state);
  if (!moving)
    return {
      stack,
      state,
      entry,
      files,
      readState: async () => (await readKnowledge(context, stack)).state,
      removeCopy: async () => undefined,
    };
  return {
    stack: { ...stack, state: { ...stack.state, key: moving.entry.entry.stateKey } },
    state: moving.state,
    entry: moving.entry,
    files,
    readState: async () => readState((await context.stateStore(stack)).store, moving.objectKey),
    removeCopy: async () => {
      const { store, objectKey } = await context.stateStore(stack);
      if (objectKey !== null && state?.lineage === moving.state.lineage) await store.remove(objectKey);
    },
  };
}
