import type { Stamped } from "../ledger/entry.ts";
import type { InventoryEntry } from "../ledger/inventory-entry.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { OutputFile } from "../emit/emit-platform.ts";
import { stackFolder } from "../emit/emit-stack.ts";
import { NO_OVERLAY } from "../emit/stack-surroundings.ts";
import type { Stack } from "../stacks/stack.ts";
import { readState, type StateFile } from "../stores/state-file.ts";
import { stateLocation } from "../stores/state-location.ts";
import type { ObjectStore } from "../stores/object-store.ts";
import { appliedPlace } from "./applied-place.ts";
import type { Orphan } from "./find-orphans.ts";
import { goneUpstreams } from "./gone-upstreams.ts";
import { restoredRoot } from "./restored-root.ts";
import type { RunContext } from "./run-context.ts";
import { readKnowledge } from "./stack-knowledge.ts";
import { stackTerraform, type StackTerraform } from "./stack-terraform.ts";

/** Something that can be destroyed: a stack of the spec, or one that has left it and that the inventory keeps. */
export interface DestroyUnit {
  readonly address: string;
  readonly upstream: readonly string[];
  readonly state: StateFile | undefined;
  readonly entry: Stamped<InventoryEntry> | undefined;
  readonly ledger: Ledger;
  readonly terraform: StackTerraform;
  /** The root module, with the last outputs of upstreams that are gone laid in. */
  readonly files: readonly OutputFile[];
  readonly readState: () => Promise<StateFile | undefined>;
  /** Takes away what would still speak of it, once it is destroyed. */
  readonly removeCopy?: () => Promise<void>;
}

/** Whether there is anything for Terraform to destroy. */
export function holdsResources({ state }: DestroyUnit): boolean {
  return state?.resources.some((resource) => resource.mode !== "data") ?? false;
}

/**
 * A stack of the spec, ready to be destroyed, where it is applied: one that moves and was not applied since is
 * destroyed at its earlier address. What it comes after in the run's order, stages included, is destroyed after it.
 */
export async function stackUnit(
  context: RunContext,
  stack: Stack,
  upstream: readonly string[] = stack.upstream,
): Promise<DestroyUnit> {
  const place = appliedPlace(context, await readKnowledge(context, stack));
  const { files } = await context.emitter.stack(place.stack);
  const gone = await goneUpstreams(context, stack.consumed, place.entry?.entry);
  const main = `${stackFolder(context.platform.spec.name, stack.address)}/main.tf.json`;
  const overlay = { ...NO_OVERLAY, outputsByAddress: gone };
  const overlaid =
    gone.size === 0
      ? files
      : files.map((file) =>
          file.path === main ? { ...file, content: context.emitter.overlaid(place.stack, overlay) } : file,
        );
  return {
    address: stack.address,
    upstream,
    state: place.state,
    entry: place.entry,
    ledger: await context.ledger(stack),
    terraform: stackTerraform(context, place.stack),
    files: [...overlaid, ...place.files],
    readState: place.readState,
    removeCopy: place.removeCopy,
  };
}

/** A stack that has left the spec, from the compiled root and the modules that the inventory keeps. */
export async function orphanUnit(
  context: RunContext,
  orphan: Orphan,
  store: ObjectStore,
): Promise<DestroyUnit> {
  const { address, ledger } = orphan;
  const { entry } = orphan.entry;
  const { objectKey } = stateLocation(entry.backend, entry.stateKey);
  const readOwnState = async (): Promise<StateFile | undefined> =>
    objectKey === null ? undefined : readState(store, objectKey);
  const { terraform, files } = await restoredRoot(context, { address, entry, ledger });
  return {
    address,
    upstream: entry.upstream,
    state: await readOwnState(),
    entry: orphan.entry,
    ledger,
    terraform,
    files,
    readState: readOwnState,
  };
}
