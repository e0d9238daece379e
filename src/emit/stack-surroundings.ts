import type { ModuleContract } from "../modules/contract.ts";
import type { PartialValue } from "../plans/value.ts";
import type { PlatformSpec } from "../spec/platform.ts";
import type { Stack } from "../stacks/stack.ts";

/** What emitting one stack needs to know beside the stack. */
export interface EmitSurroundings {
  readonly spec: PlatformSpec;
  /** Path of the spec from the project root, for the comment in generated files. */
  readonly specPath: string;
  readonly stackByAddress: ReadonlyMap<string, Stack>;
  readonly contracts: ReadonlyMap<string, ModuleContract>;
  /** Folder of a module from the project root, by its source as written. */
  readonly moduleFolders: ReadonlyMap<string, string>;
  /** Paths (from the project root) of folders that are packed into archives beside the stack. */
  readonly isFolder: (path: string) => boolean;
}

/**
 * Stands in for upstreams that are not applied yet or would change: their planned outputs by address. A stack
 * emitted with an overlay is planned and shown, never applied.
 */
export interface Overlay {
  readonly outputsByAddress: ReadonlyMap<string, ReadonlyMap<string, PartialValue>>;
  /** Leaves the backend block out, for a backend that does not exist yet. */
  readonly withoutBackend?: boolean;
}

export const NO_OVERLAY: Overlay = { outputsByAddress: new Map() };
