import type { ObjectStore } from "../stores/object-store.ts";
import { StoreConflictError } from "../stores/store-error.ts";
import type { BundleFile } from "./bundle.ts";
import { LedgerError } from "./ledger-error.ts";

/** Compiled roots with their module files and packages, by content. */
export interface BundleLedger {
  /** Keeps the files and returns their SHA-256; what is there already is not written again. */
  put(files: readonly BundleFile[]): Promise<string>;
  /** Undefined where there is none; throws LedgerError where it is damaged. */
  get(sha256: string): Promise<readonly BundleFile[] | undefined>;
  list(): Promise<readonly string[]>;
  /** For what no inventory entry names any more. */
  remove(sha256: string): Promise<void>;
}

export function openBundles(store: ObjectStore, prefix: string): BundleLedger {
  return {
    put: async (files) => {
      const { bundleContent } = await import("./bundle.ts");
      const { sha256, pack } = bundleContent(files);
      const key = prefix + sha256;
      if ((await store.head(key)) !== undefined) return sha256;
      await store.write(key, pack(), { ifAbsent: true }).catch((error: unknown) => {
        if (!(error instanceof StoreConflictError)) throw error;
      });
      return sha256;
    },
    get: async (sha256) => {
      const object = await store.read(prefix + sha256);
      if (object === undefined) return undefined;
      const { unpackBundle } = await import("./bundle.ts");
      try {
        return unpackBundle({ sha256, archive: object.bytes });
      } catch (cause) {
        const why = cause instanceof Error ? cause.message : String(cause);
        throw new LedgerError(store.location, prefix + sha256, `is no bundle that platc can read: ${why}`, {
          hint: "put the stack back into the spec and apply it, which writes the bundle anew; a backup of the object does too",
          cause,
        });
      }
    },
    list: async () => (await store.list(prefix)).map((key) => key.slice(prefix.length)),
    remove: (sha256) => store.remove(prefix + sha256),
  };
}
