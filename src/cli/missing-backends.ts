import { backendOf } from "../run/backend-of.ts";
import type { RunContext } from "../run/run-context.ts";
import type { BackendConfig } from "../stores/object-store.ts";

/** A state backend that is not there, and that no stack of the platform makes. */
export interface MissingBackend {
  readonly backend: BackendConfig;
  /** For people, such as `azurerm://account/container`. */
  readonly location: string;
}

/** Which backends of some stacks are not there. What cannot be asked counts as there: reading a state says more. */
export async function missingBackends(
  { platform, objectStore }: RunContext,
  addresses: readonly string[],
): Promise<readonly MissingBackend[]> {
  const stacks = addresses.flatMap((address) => platform.stackByAddress.get(address) ?? []);
  const backends = new Map(
    stacks.map(backendOf).map((backend) => [JSON.stringify(backend), backend] as const),
  );
  const asked = [...backends.values()].filter(({ type }) => type !== "local");
  const missing = await Promise.all(
    asked.map(async (backend): Promise<readonly MissingBackend[]> => {
      try {
        const store = await objectStore(backend);
        return (await store.exists()) ? [] : [{ backend, location: store.location }];
      } catch {
        return [];
      }
    }),
  );
  return missing.flat();
}
