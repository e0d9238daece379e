import { type Ledger, openLedger } from "../ledger/ledger.ts";
import { backendOf } from "../run/backend-of.ts";
import type { TargetKind } from "../spec/platform.ts";
import { remember } from "../source/remember.ts";
import { environmentBackend } from "../stacks/environment-backend.ts";
import type { Platform } from "../stacks/platform-model.ts";
import { rehearsedPlatform } from "../stacks/rehearsed-platform.ts";
import type { Stack } from "../stacks/stack.ts";
import { openStore } from "../stores/open-store.ts";
import type { BackendConfig, ObjectStore } from "../stores/object-store.ts";
import { UnsupportedStoreError } from "../stores/store-error.ts";
import { emulatorTarget } from "../targets/emulator-target.ts";
import { findEmulator } from "../targets/find-emulator.ts";
import { targetEnvironment } from "../targets/target.ts";
import type { Context } from "./context.ts";
import { CommandError } from "./exit-codes.ts";
import { ledgerTarget } from "./ledger-target.ts";
import { isUsableBackend, UNUSABLE_BACKEND_HINT } from "./unusable-backends.ts";
import { analyseProject, openProject, type Project } from "./load-platform.ts";

export interface LedgerFlags {
  readonly spec?: string;
  readonly target?: string;
}

/** The ledgers of a platform, one per state backend, without a run. */
export interface OpenedLedgers {
  readonly project: Project;
  readonly kind: TargetKind;
  readonly platform: Platform;
  readonly ledgers: readonly Ledger[];
  readonly ledgerOf: (stack: Stack) => Promise<Ledger>;
  readonly storeOf: (stack: Stack) => Promise<ObjectStore>;
}

/** Opens the ledgers that exist; a backend that is not there yet has none. */
export async function openLedgers(context: Context, flags: LedgerFlags): Promise<OpenedLedgers> {
  const project = openProject(context, flags.spec);
  const { platform: written } = await analyseProject(context, project);
  const kind = ledgerTarget(written, flags.target);
  const platform = kind === "rehearsal" ? rehearsedPlatform(written) : written;
  const environment = await environmentOf(context, kind, project);
  const storeByBackend = new Map<string, Promise<ObjectStore>>();
  const storeAt = (backend: BackendConfig): Promise<ObjectStore> =>
    remember(storeByBackend, JSON.stringify(backend), () => openStore(backend, environment, project.root));
  const ledgerByBackend = new Map<string, Ledger>();
  const ledgerAt = async (backend: BackendConfig): Promise<Ledger> => {
    const key = JSON.stringify(backend);
    const ledger = ledgerByBackend.get(key) ?? openLedger(await storeAt(backend), platform.spec.name);
    ledgerByBackend.set(key, ledger);
    return ledger;
  };
  const ledgers: Ledger[] = [];
  for (const backend of keptBackends(context, [
    ...platform.stacks.map(backendOf),
    ...emptyBackends(platform),
  ])) {
    const ledger = await ledgerAt(backend);
    const isThere = backend.type === "local" || (await (await storeAt(backend)).exists());
    if (isThere && !ledgers.includes(ledger)) ledgers.push(ledger);
  }
  return {
    project,
    kind,
    platform,
    ledgers,
    ledgerOf: (stack) => ledgerAt(backendOf(stack)),
    storeOf: (stack) => storeAt(backendOf(stack)),
  };
}

/** The backends that keep records, each once. One that keeps none is told, and is a mistake where there is no other. */
function keptBackends(context: Context, backends: readonly BackendConfig[]): readonly BackendConfig[] {
  const distinct = [...new Map(backends.map((backend) => [JSON.stringify(backend), backend])).values()];
  const kept = distinct.filter(({ type }) => isUsableBackend(type));
  const unusable = distinct.find((backend) => !kept.includes(backend));
  if (unusable === undefined) return kept;
  const error = new UnsupportedStoreError(unusable.type);
  if (kept.length === 0) throw error;
  context.stderr.write(`platc: ${error.message}\n  ${UNUSABLE_BACKEND_HINT}\n`);
  return kept;
}

/** Where what was applied in environments without stacks may lie. */
function emptyBackends({ spec, stacks }: Platform): readonly BackendConfig[] {
  const filled = new Set(stacks.map((stack) => stack.environment.name));
  return [...spec.environments.values()]
    .filter((environment) => !filled.has(environment.name))
    .flatMap((environment) => environmentBackend(spec, environment) ?? []);
}

async function environmentOf(
  context: Context,
  kind: TargetKind,
  project: Project,
): Promise<Readonly<Record<string, string | undefined>>> {
  // A rehearsal's ledger is read without its provider.
  if (kind !== "emulator") return context.environment;
  const found = await findEmulator(project.root, context.environment);
  if (found?.status === "failed") throw new CommandError(found.message, found.hint);
  if (!found)
    throw new CommandError(
      "the emulator does not run, so nothing is applied or waits there",
      "'platc emulator start' starts an empty one; --target cloud or --target rehearsal reads there",
    );
  const target = emulatorTarget(found.endpoint, found.version, context.environment);
  return targetEnvironment(target, context.environment);
}
