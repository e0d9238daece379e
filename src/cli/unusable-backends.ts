import type { Platform } from "../stacks/platform-model.ts";

/** What can be done with a platform whose states lie where platc cannot keep its records. */
export const UNUSABLE_BACKEND_HINT =
  "runs need 's3', 'azurerm', 'gcs', 'pg' or 'local' under 'state'; compile works with every backend, and so does a rehearsal of a run: --target rehearsal";

const USABLE: ReadonlySet<string> = new Set(["s3", "azurerm", "gcs", "pg", "local"]);

/** Whether platc can keep its records in a type of backend. */
export function isUsableBackend(type: string): boolean {
  return USABLE.has(type);
}

/** The backends of a platform that plan and apply refuse, sorted, with how many stacks have each. */
export function unusableBackends({ stacks }: Platform): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const backend of stacks.map(({ state }) => state.backend).sort())
    if (!isUsableBackend(backend)) counts.set(backend, (counts.get(backend) ?? 0) + 1);
  return counts;
}
