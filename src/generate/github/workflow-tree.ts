/** What YAML is written of. */
export type Tree = string | number | boolean | readonly Tree[] | { readonly [key: string]: Tree | undefined };

/** One step of a job. */
export interface Step {
  readonly name?: string;
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly with?: { readonly [name: string]: Tree | undefined };
  readonly env?: { readonly [name: string]: Tree | undefined };
  readonly run?: string;
}

/** A job with its keys in the order that people read them in. */
export interface Job {
  readonly name: string;
  readonly needs?: readonly string[];
  readonly if?: string;
  readonly "runs-on": string;
  readonly environment?: { readonly name: string };
  readonly permissions: { readonly [scope: string]: Tree | undefined };
  readonly concurrency?: { readonly group: string; readonly "cancel-in-progress": boolean };
  readonly strategy?: { readonly [key: string]: Tree | undefined };
  readonly env?: { readonly [name: string]: Tree | undefined };
  readonly outputs?: { readonly [name: string]: Tree | undefined };
  readonly defaults?: Tree;
  readonly steps: readonly Step[];
}
