import { join } from "node:path";
import type { Stamped } from "../ledger/entry.ts";
import type { InventoryEntry } from "../ledger/inventory-entry.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { OutputFile } from "../emit/emit-platform.ts";
import { stackFolder } from "../emit/emit-stack.ts";
import { NO_OVERLAY } from "../emit/stack-surroundings.ts";
import { type PartialValue, UNKNOWN_VALUE } from "../plans/value.ts";
import type { Stack } from "../stacks/stack.ts";
import { readState, type StateFile } from "../stores/state-file.ts";
import { stateLocation } from "../stores/state-location.ts";
import type { ObjectStore } from "../stores/object-store.ts";
import { appliedPlace } from "./applied-place.ts";
import type { Orphan } from "./find-orphans.ts";
import { lastOutputs } from "./last-outputs.ts";
import { stateOutputs } from "./output-views.ts";
import { restoreOrphan, type StandIns } from "./restore-orphan.ts";
import type { RunContext } from "./run-context.ts";
import { readKnowledge } from "./stack-knowledge.ts";
import { stackTerraform, type StackTerraform, unitTerraform } from "./stack-terraform.ts";

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

/**
 * Upstreams whose state does not hold what is read any more, with the outputs that were consumed last; what was
 * never consumed, or was sensitive, is unknown.
 */
async function goneUpstreams(
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

/** A stack that has left the spec, from the compiled root and the modules that the inventory keeps. */
export async function orphanUnit(
  context: RunContext,
  orphan: Orphan,
  store: ObjectStore,
): Promise<DestroyUnit> {
  const { address, ledger } = orphan;
  const { entry } = orphan.entry;
  const consumed = Object.keys(entry.consumed).map((name) => {
    const [upstream = "", output = ""] = name.split("#");
    return { address: upstream, output };
  });
  const { project, files } = await restoreOrphan(context, {
    address,
    files: (await ledger.bundles.get(entry.bundle)) ?? [],
    gone: await goneUpstreams(context, consumed, entry),
  });
  const { objectKey } = stateLocation(entry.backend, entry.stateKey);
  const readOwnState = async (): Promise<StateFile | undefined> =>
    objectKey === null ? undefined : readState(store, objectKey);
  const outputFolder = stackFolder(context.platform.spec.name, address);
  const path = join(project, outputFolder);
  return {
    address,
    upstream: entry.upstream,
    state: await readOwnState(),
    entry: orphan.entry,
    ledger,
    terraform: unitTerraform(context, {
      address,
      folder: { path, dataFolder: join(path, ".terraform"), planFile: join(path, "plan.tfplan") },
      cwd: project,
      outputFolder,
      modulesDigest: entry.parts["modules"] ?? "",
      variables: Object.keys(entry.variables),
      backend: entry.backend,
      stateKey: entry.stateKey,
    }),
    files,
    readState: readOwnState,
  };
}
