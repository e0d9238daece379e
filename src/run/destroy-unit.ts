import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Stamped } from "../ledger/entry.ts";
import type { InventoryEntry } from "../ledger/inventory-entry.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { OutputFile } from "../emit/emit-platform.ts";
import { identifierOf } from "../emit/identifiers.ts";
import { stackFolder } from "../emit/emit-stack.ts";
import { NO_OVERLAY } from "../emit/stack-surroundings.ts";
import { overlayExpression } from "../plans/overlay-expression.ts";
import { hclString } from "../plans/hcl-string.ts";
import type { PartialValue } from "../plans/value.ts";
import type { Stack } from "../stacks/stack.ts";
import { readState, type StateFile } from "../stores/state-file.ts";
import { stateLocation } from "../stores/state-location.ts";
import type { ObjectStore } from "../stores/object-store.ts";
import type { Orphan } from "./find-orphans.ts";
import { lastOutputs } from "./last-outputs.ts";
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
}

/** A stack of the spec, ready to be destroyed; undefined where its backend is not even there. */
export async function stackUnit(context: RunContext, stack: Stack): Promise<DestroyUnit | undefined> {
  const knowledge = await readKnowledge(context, stack);
  if (!knowledge.hasBackend) return undefined;
  const { files } = await context.emitter.stack(stack);
  const gone = knowledge.entry ? await goneUpstreams(context, stack, knowledge.entry.entry) : new Map();
  const main = `${stackFolder(context.platform.spec.name, stack.address)}/main.tf.json`;
  const overlaid =
    gone.size === 0
      ? files
      : files.map((file) =>
          file.path === main
            ? { ...file, content: context.emitter.overlaid(stack, { ...NO_OVERLAY, outputsByAddress: gone }) }
            : file,
        );
  return {
    address: stack.address,
    upstream: stack.upstream,
    state: knowledge.state,
    entry: knowledge.entry,
    ledger: await context.ledger(stack),
    terraform: stackTerraform(context, stack),
    files: overlaid,
    readState: async () => (await readKnowledge(context, stack)).state,
  };
}

/** Upstreams whose state is not there any more, with the outputs that were consumed last. */
async function goneUpstreams(
  context: RunContext,
  stack: Stack,
  entry: InventoryEntry,
): Promise<ReadonlyMap<string, ReadonlyMap<string, PartialValue>>> {
  const gone = new Map<string, ReadonlyMap<string, PartialValue>>();
  for (const [address, outputs] of lastOutputs(entry)) {
    const upstream = context.platform.stackByAddress.get(address);
    if (!stack.consumed.some((one) => one.address === address)) continue;
    const state = upstream ? (await readKnowledge(context, upstream)).state : undefined;
    if (!holdsOutputs(state, outputs)) gone.set(address, outputs);
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
  const files = (await ledger.bundles.get(entry.bundle)) ?? [];
  const project = join(context.root, ".platc", "runs", context.runId, "restored", address);
  const outputFolder = stackFolder(context.platform.spec.name, address);
  for (const file of files) {
    const path = join(project, file.path);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await writeFile(path, file.bytes, { mode: file.isExecutable ? 0o700 : 0o600 });
  }
  const { objectKey } = stateLocation(entry.backend, entry.stateKey);
  const read = async (): Promise<StateFile | undefined> =>
    objectKey === null ? undefined : readState(store, objectKey);
  const path = join(project, outputFolder);
  const gone = await goneFromStore(context, entry);
  const root = files.filter((file) => file.path.startsWith(`${outputFolder}/`));
  return {
    address,
    upstream: entry.upstream,
    state: await read(),
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
    files: root.map((file) =>
      file.path.endsWith("/main.tf.json")
        ? { path: file.path, content: layLastOutputs(new TextDecoder().decode(file.bytes), gone) }
        : { path: file.path, content: file.bytes },
    ),
    readState: read,
  };
}

async function goneFromStore(
  context: RunContext,
  entry: InventoryEntry,
): Promise<ReadonlyMap<string, ReadonlyMap<string, PartialValue>>> {
  const gone = new Map<string, ReadonlyMap<string, PartialValue>>();
  for (const [address, outputs] of lastOutputs(entry)) {
    const upstream = context.platform.stackByAddress.get(address);
    const state = upstream ? (await readKnowledge(context, upstream)).state : undefined;
    if (!holdsOutputs(state, outputs)) gone.set(address, outputs);
  }
  return gone;
}

function holdsOutputs(state: StateFile | undefined, outputs: ReadonlyMap<string, PartialValue>): boolean {
  return state !== undefined && [...outputs.keys()].every((name) => state.outputs.has(name));
}

/** Puts last outputs in the place of remote states in a root module that was compiled earlier. */
function layLastOutputs(text: string, gone: ReadonlyMap<string, ReadonlyMap<string, PartialValue>>): string {
  if (gone.size === 0) return text;
  const root = JSON.parse(text) as {
    locals?: Record<string, unknown>;
    data?: Record<string, Record<string, unknown>>;
  };
  for (const [address, outputs] of gone) {
    const name = identifierOf(address);
    const entries = [...outputs].map(
      ([output, value]) => `${hclString(output)} = ${overlayExpression(value)}`,
    );
    root.locals = { ...root.locals, [name]: `\${{ ${entries.join(", ")} }}` };
    const states = root.data?.["terraform_remote_state"];
    delete states?.[name];
    if (root.data && states && Object.keys(states).length === 0) delete root.data["terraform_remote_state"];
  }
  if (root.data && Object.keys(root.data).length === 0) delete root.data;
  return JSON.stringify(root);
}
