import type { TypeContext } from "./provider-engine.ts";

/** Where a made-up text goes. */
export interface TextPlace {
  readonly context: TypeContext;
  /** Names of attributes and blocks, without indexes. */
  readonly path: readonly string[];
  /** What people call the resource: its name or id. */
  readonly label: string;
  /** 64 hex digits of its own. */
  readonly digest: string;
}
