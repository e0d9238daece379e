import type { Range } from "../source/source.ts";
import type { MapEntry } from "../spec/node.ts";
import type { PlatformSpec } from "../spec/platform.ts";
import type { NameResult } from "../templates/scope.ts";
import type { Value } from "../templates/value.ts";
import type { StackInstance } from "./stack.ts";

/** Names that only one kind of place reads, by their first word. */
export type OwnNames = ReadonlyMap<string, (path: readonly string[]) => NameResult>;

/** What else than known names a template may read, by its first word. */
export interface DynamicNames {
  readonly outputs?: (
    path: readonly string[],
    coordinates: ReadonlyMap<string, Value>,
    range: Range,
  ) => NameResult;
  readonly self?: (path: readonly string[], range: Range) => NameResult;
  readonly allowsVariables?: boolean;
  readonly file?: (path: string) => NameResult;
  readonly own?: OwnNames;
}

/** The entries of `vars` as one stack sees them. */
export interface StackVars {
  readonly names: readonly string[];
  /** The value of an entry; undefined where there is none. */
  readonly get: (name: string) => Value | undefined;
  /** What the layer that counts says there, and where. */
  readonly written: (name: string) => MapEntry | undefined;
}

/** What names in the templates of one stack are looked up in. */
export interface NameSurroundings {
  readonly spec: PlatformSpec;
  readonly instance: StackInstance;
  readonly vars: StackVars;
  readonly names: DynamicNames;
}
