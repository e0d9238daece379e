import { randomBytes } from "node:crypto";
import { rm } from "node:fs/promises";
import { availableParallelism, freemem } from "node:os";
import { copyShippedModules } from "./copy-shipped-modules.ts";
import { createEmitter, type Emitter } from "../emit/emit-platform.ts";
import type { ManifestEntry } from "../emit/manifest.ts";
import { type Ledger, openLedger } from "../ledger/ledger.ts";
import { newRunId } from "../ledger/run-id.ts";
import { openRunJournal } from "../ledger/run-journal.ts";
import type { Sources } from "../source/sources.ts";
import type { Platform } from "../stacks/platform-model.ts";
import type { Stack } from "../stacks/stack.ts";
import type { BackendConfig, ObjectStore } from "../stores/object-store.ts";
import { openStore } from "../stores/open-store.ts";
import { identifyProcess } from "../stores/process-identity.ts";
import { stateLocation } from "../stores/state-location.ts";
import { type Target, targetEnvironment } from "../targets/target.ts";
import type { Environment } from "../terraform/child-environment.ts";
import { backendOf } from "./backend-of.ts";
import { openPlanSchemas } from "./plan-schemas.ts";
import type { RunContext, RunTools } from "./run-context.ts";
import { removeEndedRuns } from "./remove-ended-runs.ts";
import type { RunAnnounced, Tell } from "./run-event.ts";
import { terraformSlots } from "./terraform-slots.ts";
import { remember } from "../source/remember.ts";

export interface OpenRunOptions {
  readonly root: string;
  readonly platform: Platform;
  /** Where the target has one of its own. */
  readonly emitter?: Emitter;
  readonly manifest: readonly ManifestEntry[];
  readonly sources: Sources;
  readonly command: RunAnnounced["command"];
  /** The selected stacks: another run keeps away from them. */
  readonly addresses?: readonly string[];
  readonly target: Target;
  readonly tools: RunTools;
  readonly environment: Environment;
  readonly parallelism: number | undefined;
  readonly signal: AbortSignal;
  readonly tell: Tell;
  readonly now: () => Date;
}

/** A run that has been opened: its journal is begun, and must be closed with how it ended. */
export interface OpenedRun {
  readonly context: RunContext;
  /** A second call does nothing. */
  readonly close: (outcome: "succeeded" | "failed" | "waiting" | "interrupted") => Promise<void>;
}

/** Opens a run: gives it an id and a journal, and opens stores and ledgers when they are first asked for. */
export async function openRun(options: OpenRunOptions): Promise<OpenedRun> {
  const { root, platform, target, environment, now } = options;
  const runId = newRunId(now(), randomBytes);
  const journal = await openRunJournal(root, runId, writingOf(target));
  const owner = identifyProcess();
  await journal.append({
    kind: "run-started",
    at: now().toISOString(),
    format: 1,
    runId,
    platform: platform.spec.name,
    command: options.command,
    target: target.kind,
    ...(options.addresses && { addresses: options.addresses }),
    owner,
  });
  const stores = storesOf(root, target, options);
  const planSchemas = target.attach ? undefined : openPlanSchemas({ ...options, stacks: stacksOf(options) });
  await copyShippedModules(root, platform);
  const parallelism = options.parallelism ?? defaultParallelism();
  const context: RunContext = {
    runId,
    command: options.command,
    root,
    platform,
    sources: options.sources,
    emitter: options.emitter ?? (await createEmitter(platform, options.sources)),
    manifestByAddress: new Map(options.manifest.map((entry) => [entry.address, entry])),
    target,
    tools: options.tools,
    planSchemas,
    environment,
    parallelism,
    slots: terraformSlots(parallelism),
    signal: options.signal,
    tell: options.tell,
    now,
    journal,
    processes: new Map(),
    processSeconds: new Map(),
    checks: [],
    planFiles: new Set(),
    ...stores,
    variable: (name) => environment[`TF_VAR_${name}`],
  };
  let isClosed = false;
  const close = async (outcome: Parameters<OpenedRun["close"]>[0]): Promise<void> => {
    if (isClosed) return;
    isClosed = true;
    await planSchemas?.close();
    for (const planFile of context.planFiles) await rm(planFile, { force: true });
    await journal.append({ kind: "run-ended", at: now().toISOString(), outcome });
    await journal.close();
    await removeEndedRuns(root);
  };
  return { context, close };
}

const MEMORY_PER_TERRAFORM = 400 * 1024 * 1024;

/** As many Terraforms at once as there are cores, and as there is memory for: one and a provider take 330 MB. */
function defaultParallelism(): number {
  return Math.max(1, Math.min(availableParallelism(), Math.floor(freemem() / MEMORY_PER_TERRAFORM)));
}

function stacksOf({ platform, addresses }: OpenRunOptions): readonly Stack[] {
  return addresses?.flatMap((address) => platform.stackByAddress.get(address) ?? []) ?? platform.stacks;
}

/** What was rehearsed can be rehearsed again, and need not outlive the machine. */
function writingOf({ kind }: Target): { readonly isSynced: boolean } {
  return { isSynced: kind !== "rehearsal" };
}

function storesOf(
  root: string,
  target: Target,
  { environment: given, platform }: Pick<OpenRunOptions, "environment" | "platform">,
): Pick<RunContext, "objectStore" | "stateStore" | "ledger" | "ledgerAt"> {
  const environment = targetEnvironment(target, given);
  const options = writingOf(target);
  const storeByBackend = new Map<string, Promise<ObjectStore>>();
  const ledgerByBackend = new Map<string, Promise<Ledger>>();
  const objectStore = (backend: BackendConfig): Promise<ObjectStore> =>
    remember(storeByBackend, JSON.stringify(backend), () => openStore(backend, environment, root, options));
  const ledgerAt = (backend: BackendConfig): Promise<Ledger> =>
    remember(ledgerByBackend, JSON.stringify(backend), async () =>
      openLedger(await objectStore(backend), platform.spec.name),
    );
  return {
    objectStore,
    stateStore: async (stack) => {
      const backend = backendOf(stack);
      const { objectKey } = stateLocation(backend, stack.state.key);
      return { backend, objectKey, store: await objectStore(backend) };
    },
    ledger: (stack) => ledgerAt(backendOf(stack)),
    ledgerAt,
  };
}
