import type { DiagnosticCode } from "../diagnostics/codes.ts";
import type { OutputInstances } from "../templates/value.ts";
import type { StackInstance } from "./stack.ts";

/** Where to look for another stack: coordinates that were written; those left out are the reader's own. */
export interface Coordinates {
  readonly environment?: string;
  /** A customer's name, or `*` for all of them. */
  readonly customer?: string;
  /** A key of `for_each`, or `*` for all of them. */
  readonly each?: string;
}

export type FoundInstances =
  | { readonly status: "ok"; readonly instances: OutputInstances; readonly found: readonly StackInstance[] }
  | UnfoundInstances
  /** Not found, and a mistake that has been reported may be why. */
  | { readonly status: "unsure" };

/** Why a reference finds nothing, as a diagnostic tells it. */
export interface UnfoundInstances {
  readonly status: "bad";
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly hint?: string;
}

/** Every stack of the platform and the names that coordinates may have. */
export interface StackPlaces {
  readonly instancesByName: ReadonlyMap<string, readonly StackInstance[]>;
  readonly environments: readonly string[];
  readonly customers: readonly string[];
  /** Names of stacks of which a mistake keeps instances from being known. */
  readonly unsure: ReadonlySet<string>;
}
