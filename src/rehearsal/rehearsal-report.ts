/** What a rehearsal rested on, and what it did not check. */
export interface RehearsalReport {
  readonly schemas: readonly RehearsedSchema[];
  readonly unchecked: readonly UncheckedPart[];
  /** Faults on purpose: how many were asked for, and how many came to pass. */
  readonly faults: { readonly asked: number; readonly struck: number };
}

/** Where the schema of a provider came from. */
export interface RehearsedSchema {
  readonly source: string;
  readonly version: string;
  /** For people: `the installed provider`, or which pack. */
  readonly origin: string;
  readonly digest: string;
}

/** Something that a rehearsal leaves open: how often, what, and where or which, sorted. */
export interface UncheckedPart {
  readonly count: number;
  /** Such as `made-up values that other resources were given`. */
  readonly what: string;
  readonly names: readonly string[];
}
