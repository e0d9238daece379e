import type { CheckResult } from "../checks/check-result.ts";
import type { Emitter } from "../emit/emit-platform.ts";
import type { ManifestEntry } from "../emit/manifest.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { RunJournal } from "../ledger/run-journal.ts";
import type { Sources } from "../source/sources.ts";
import type { Platform } from "../stacks/platform-model.ts";
import type { Stack } from "../stacks/stack.ts";
import type { BackendConfig, ObjectStore } from "../stores/object-store.ts";
import type { Target } from "../targets/target.ts";
import type { CliConfigChoice } from "../terraform/cli-config.ts";
import type { Environment } from "../terraform/child-environment.ts";
import type { FoundTerraform } from "../terraform/find-terraform.ts";
import type { ProviderCache } from "../terraform/provider-cache.ts";
import type { ProviderMirror } from "../terraform/provider-mirror.ts";
import type { PlanSchemas } from "./plan-schemas.ts";
import type { RunAnnounced, Tell } from "./run-event.ts";
import type { TerraformSlots } from "./terraform-slots.ts";

/** The Terraform that a run starts, and how it finds providers. */
export interface RunTools {
  readonly terraform: FoundTerraform;
  readonly mirrors: readonly ProviderMirror[];
  readonly cliConfig: CliConfigChoice;
  readonly cliConfigText: string | undefined;
  /** What stacks share that would else install a provider each. */
  readonly providerCache: ProviderCache;
}

/** Where a stack's state lies, opened. */
export interface StateStore {
  readonly backend: BackendConfig;
  readonly store: ObjectStore;
  /** The object that the state is; null where the backend keeps no objects. */
  readonly objectKey: string | null;
}

/** All that the parts of one run share. */
export interface RunContext {
  readonly runId: string;
  /** That of platc which the run carries out: `apply`. */
  readonly command: RunAnnounced["command"];
  readonly root: string;
  readonly platform: Platform;
  readonly sources: Sources;
  readonly emitter: Emitter;
  readonly manifestByAddress: ReadonlyMap<string, ManifestEntry>;
  readonly target: Target;
  readonly tools: RunTools;
  /** Undefined where the target serves the providers itself. */
  readonly planSchemas: PlanSchemas | undefined;
  /** Of platc itself; children get a cleaned one. */
  readonly environment: Environment;
  /** Terraform processes at once. */
  readonly parallelism: number;
  readonly slots: TerraformSlots;
  readonly signal: AbortSignal;
  readonly tell: Tell;
  readonly now: () => Date;
  readonly journal: RunJournal;
  /** Counts the Terraform processes that were started, by command. */
  readonly processes: Map<string, number>;
  /** How long they ran in all, by command. */
  readonly processSeconds: Map<string, number>;
  /** Plan files that lie on the disk: they may hold secrets, and go when the run ends. */
  readonly planFiles: Set<string>;
  /** Every check that was run, in order. */
  readonly checks: { readonly address: string; readonly result: CheckResult }[];
  /** The store behind a backend. */
  readonly objectStore: (backend: BackendConfig) => Promise<ObjectStore>;
  readonly stateStore: (stack: Stack) => Promise<StateStore>;
  /** The ledger beside the states of the stack's environment. */
  readonly ledger: (stack: Stack) => Promise<Ledger>;
  /** The ledger beside the states of a backend. */
  readonly ledgerAt: (backend: BackendConfig) => Promise<Ledger>;
  /** The value of a variable of the spec as the user gave it; undefined where none was given. */
  readonly variable: (name: string) => string | undefined;
}
