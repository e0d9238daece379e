import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { UnfinishedProcess } from "../ledger/unfinished-runs.ts";
import { freeLock, lockHolder } from "../stores/lock-holder.ts";
import type { BackendConfig, ObjectStore } from "../stores/object-store.ts";
import { stateLocation } from "../stores/state-location.ts";
import { StoreError } from "../stores/store-error.ts";
import { parseEvent } from "../terraform/parse-event.ts";
import { type Flavour, FLAVOURS } from "../text/flavour.ts";
import { type Creation, readCreations } from "./creations.ts";
import { addPendingImports } from "./pending-imports.ts";
import type { Tell } from "./run-event.ts";
import { stateAddresses } from "./state-addresses.ts";

/** What putting things in order goes by. */
export interface RecoverySurroundings {
  readonly root: string;
  readonly objectStore: (backend: BackendConfig) => Promise<ObjectStore>;
  readonly tell: Tell;
  readonly tools: { readonly terraform: { readonly flavour: Flavour } };
}

/**
 * Puts in order what a Terraform left that was ended by force: frees the lock that is proven to be its own, and
 * finds what it reported as made and what is in no state. Gives false where that could not be done.
 */
export async function recoverProcess(
  around: RecoverySurroundings,
  platform: string,
  { start, lockId }: Pick<UnfinishedProcess, "start" | "lockId">,
): Promise<boolean> {
  try {
    const store = await around.objectStore(start.backend);
    await recoverLock(around, store, { start, lockId });
    await recoverCreations(around, platform, store, start);
    noteUnsavedState(around, start);
    return true;
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    around.tell({
      kind: "note",
      message: `what an earlier run left at '${start.address}' could not be put in order: ${error.message}`,
    });
    return false;
  }
}

type Start = UnfinishedProcess["start"];

async function recoverLock(
  { tell }: RecoverySurroundings,
  store: ObjectStore,
  { start, lockId }: Pick<UnfinishedProcess, "start" | "lockId">,
): Promise<void> {
  const lock = await lockHolder(store, start.backend, start.stateKey);
  if (lock.status === "free" || lock.status === "unknown") return;
  const { id, who, created } = lock.holder;
  if (id === lockId) {
    await freeLock(store, start.backend, start.stateKey, id);
    tell({
      kind: "note",
      message: `freed the lock of '${start.address}' that an apply of ours left when it was ended by force`,
    });
  } else if (lock.status === "held") {
    tell({
      kind: "note",
      message: `the state of '${start.address}' is locked by ${who} since ${created}, and nothing proves that the lock is ours`,
      hint: `'platc state unlock ${start.address}' frees it when you are sure that nothing runs there`,
    });
  }
}

async function recoverCreations(
  { root, tell }: RecoverySurroundings,
  platform: string,
  store: ObjectStore,
  start: Start,
): Promise<void> {
  const { address } = start;
  const lost = await lostCreations(store, start);
  const known = lost.flatMap(({ resource, id }) => (id === null ? [] : [{ resource, id }]));
  const unknown = lost.filter(({ id }) => id === null).map(({ resource }) => `'${resource}'`);
  if (known.length > 0) {
    await addPendingImports(root, platform, address, known);
    const names = known.map(({ resource, id }) => `'${resource}' (${id})`).join(", ");
    tell({
      kind: "note",
      message: `${names} of '${address}' was made by an apply that was ended by force, and is in no state: the next plan imports it`,
    });
  }
  if (unknown.length > 0)
    tell({
      kind: "note",
      message: `the making of ${unknown.join(", ")} of '${address}' had begun when its apply was ended by force, and nothing says whether it was made`,
      hint: "look for it before the next apply: what is there would be made twice, or be in its way",
    });
}

async function lostCreations(store: ObjectStore, start: Start): Promise<readonly Creation[]> {
  if (start.operation !== "apply") return [];
  const number = start.process.slice(start.process.lastIndexOf(":") + 1);
  const log = await readFile(join(start.logFolder, `apply-${number}.stdout`), "utf8").catch(() => "");
  const creations = readCreations(log.split("\n").map(parseEvent));
  const { objectKey } = stateLocation(start.backend, start.stateKey);
  if (creations.length === 0 || objectKey === null) return [];
  const present = await stateAddresses(store, objectKey);
  return creations.filter(({ resource }) => !present.has(resource));
}

/** Terraform keeps a state that it could not save beside the root. */
function noteUnsavedState({ tell, tools }: RecoverySurroundings, start: Start): void {
  const path = join(start.folder, "errored.tfstate");
  if (!existsSync(path)) return;
  const { product, program } = FLAVOURS[tools.terraform.flavour];
  tell({
    kind: "note",
    message: `${product} could not save the state of '${start.address}': it lies in '${path}'`,
    hint: `'${program} state push' in '${start.folder}' saves it; until then a plan does not know what was made`,
  });
}
