import type { ObjectStore } from "./object-store.ts";
import { StoreConflictError } from "./store-error.ts";
import type { StateFile } from "./state-file.ts";

const MARK = "platc-rehearsal:";

/** Whether a state was made by a rehearsal: what it names exists nowhere, and no real provider may read it. */
export function isRehearsedState({ lineage }: Pick<StateFile, "lineage">): boolean {
  return lineage.startsWith(MARK);
}

/**
 * Lays an empty state down where there is none yet. Its lineage, which Terraform keeps for good, says that it is
 * rehearsed, and makes two rehearsals from nothing give the same states.
 */
export async function seedRehearsedState(
  store: ObjectStore,
  objectKey: string,
  address: string,
): Promise<void> {
  if ((await store.head(objectKey)) !== undefined) return;
  const state = { version: 4, serial: 0, lineage: `${MARK}${address}`, outputs: {}, resources: [] };
  const body = new TextEncoder().encode(`${JSON.stringify(state, null, 2)}\n`);
  await store.write(objectKey, body, { ifAbsent: true }).catch((error: unknown) => {
    if (!(error instanceof StoreConflictError)) throw error;
  });
}

/** Whether nothing has been rehearsed in a state yet. */
export function isSeed(state: StateFile): boolean {
  return isRehearsedState(state) && state.serial === 0;
}
