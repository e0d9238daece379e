import type { Graph } from "../graph/graph.ts";
import type { ModuleContract } from "../modules/contract.ts";
import type { PlatformSpec } from "../spec/platform.ts";
import type { Stack } from "./stack.ts";

/** A module of the project: its contract and every file that makes it, from the project root. */
export interface LoadedModule {
  readonly source: string;
  readonly folder: string;
  readonly contract: ModuleContract;
  readonly files: readonly string[];
}

/** A whole platform, understood: what compile writes, and what a run goes by. */
export interface Platform {
  readonly spec: PlatformSpec;
  /** From the project root. */
  readonly specPath: string;
  readonly specFiles: readonly string[];
  /** Sorted by address. */
  readonly stacks: readonly Stack[];
  readonly stackByAddress: ReadonlyMap<string, Stack>;
  /** Stacks by address, with edges of references, `after` and stages. */
  readonly order: Graph;
  readonly modules: ReadonlyMap<string, LoadedModule>;
  readonly contracts: ReadonlyMap<string, ModuleContract>;
  /** Folders (not files) among the paths that values name. */
  readonly folders: ReadonlySet<string>;
}
