import type { BackendConfig } from "../stores/object-store.ts";
import type { ProcessIdentity } from "../stores/process-identity.ts";

interface EventHead {
  /** ISO 8601. */
  readonly at: string;
}

interface ProcessEvent extends EventHead {
  /** Names the process within the run, such as `dev/raw:apply:1`. */
  readonly process: string;
}

export interface RunStarted extends EventHead {
  readonly kind: "run-started";
  readonly format: 1;
  readonly runId: string;
  readonly platform: string;
  readonly command: string;
  readonly target: string;
  /** The stacks that it works on; all of them where it does not say. */
  readonly addresses?: readonly string[];
  /** platc itself. */
  readonly owner: ProcessIdentity;
}

/** Written before Terraform is started, so that no process exists that the journal does not know of. */
export interface ProcessStarting extends ProcessEvent {
  readonly kind: "process-starting";
  readonly address: string;
  /** Terraform's command: `init`, `plan`, `apply`, `destroy`, `force-unlock` ... */
  readonly operation: string;
  readonly logFolder: string;
  /** The folder that Terraform runs in. */
  readonly folder: string;
  readonly stateKey: string;
  /** Without credentials. */
  readonly backend: BackendConfig;
}

export interface ProcessStarted extends ProcessEvent {
  readonly kind: "process-started";
  readonly identity: ProcessIdentity;
}

/** The lock of its state that Terraform was seen to hold. */
export interface LockSeen extends ProcessEvent {
  readonly kind: "lock-seen";
  readonly lockId: string;
}

export interface ProcessEnded extends ProcessEvent {
  readonly kind: "process-ended";
  /** Null where a signal ended it. */
  readonly exitCode: number | null;
  readonly signal: string | null;
}

export interface RunEnded extends EventHead {
  readonly kind: "run-ended";
  /** "recovered": a later run has put in order what this one left. */
  readonly outcome: "succeeded" | "failed" | "waiting" | "interrupted" | "recovered";
}

/** One line of a run's own journal, `.platc/runs/<runId>/journal.jsonl`. */
export type RunEvent = RunStarted | ProcessStarting | ProcessStarted | LockSeen | ProcessEnded | RunEnded;
