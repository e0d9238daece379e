/** What every check of a stack is given beside its settings. */
export interface CheckContext {
  /** The environment of children for the target: AWS region, endpoint and credentials come from here, never from `process.env`. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The folder of the spec, absolute: files and folders that settings name lie beside it. */
  readonly specFolder: string;
  readonly target: "cloud" | "emulator";
  /** When it aborts, a check ends what it started and counts as skipped. */
  readonly signal?: AbortSignal;
  /** The region of the stack's provider, if it says more than the environment. */
  readonly region?: string;
}
