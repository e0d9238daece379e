import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { createEmitter, type Emitter } from "../emit/emit-platform.ts";
import type { ManifestEntry } from "../emit/manifest.ts";
import { createRehearsedEmitter, type RehearsedEmitter } from "../emit/rehearsed-emitter.ts";
import type { GivenResource } from "../provider/given-resource.ts";
import type { ProviderOverlay } from "../provider/type-overlay.ts";
import type { Fault } from "../rehearsal/fault.ts";
import type { FoundSchemas } from "../rehearsal/find-schema.ts";
import { RehearsalError } from "../rehearsal/rehearsal-error.ts";
import type { RehearsalReport } from "../rehearsal/rehearsal-report.ts";
import { WORLD_LOCK } from "../rehearsal/world-store.ts";
import {
  type BegunProvider,
  beginRehearsalProvider,
  type RehearsalProvider,
} from "../rehearsal/start-rehearsal-provider.ts";
import { remember } from "../source/remember.ts";
import type { Sources } from "../source/sources.ts";
import type { Platform } from "../stacks/platform-model.ts";
import type { Stack } from "../stacks/stack.ts";
import { rehearsalFolder, rehearsedPlatform } from "../stacks/rehearsed-platform.ts";
import { openLocalStore } from "../stores/local-store.ts";
import { seedRehearsedState } from "../stores/rehearsed-state.ts";
import type { Environment } from "../terraform/child-environment.ts";
import type { Tools } from "../terraform/prepare-tools.ts";
import { contractsBeyond } from "./contracts-beyond.ts";
import { explainRehearsedError } from "./explain-rehearsed-error.ts";
import { extraModules } from "./extra-modules.ts";
import { fetchedModules } from "./fetched-modules.ts";
import { readersOfForeignStates } from "./foreign-states.ts";
import type { Refusal } from "./given-endpoint.ts";
import { givenResources } from "./given-resources.ts";
import { madeUpVariables } from "./made-up-variables.ts";
import { FLAVOURS } from "../text/flavour.ts";
import { type ModuleGuard, moduleGuard } from "./module-guard.ts";
import { rehearsedSchemas } from "./rehearsed-schemas.ts";
import type { Attachment, Target } from "./target.ts";
import { tellWaiting } from "./tell-waiting.ts";
import { uncheckedParts } from "./unchecked-parts.ts";
import { usedSchemas } from "./used-schemas.ts";

export interface RehearsalRequest {
  /** As the spec says it. */
  readonly platform: Platform;
  readonly addresses: readonly string[];
  readonly sources: Sources;
  readonly projectRoot: string;
  readonly environment: Environment;
  readonly tools: Pick<Tools, "cliConfig" | "mirrors" | "terraform">;
  readonly faults: readonly Fault[];
  /** Whether its world is gone after the command. */
  readonly isOfOneRun?: boolean;
  readonly tell: (message: string, hint?: string) => void;
  readonly signal?: AbortSignal;
}

/** Tells what a rehearsal rested on and left open; smoke tests only where the command would run them. */
export type RehearsalReporter = (isTesting: boolean) => Promise<RehearsalReport>;

/** A platform that is rehearsed, and the provider process that it is rehearsed against. */
export interface OpenedRehearsal {
  readonly status: "ok";
  readonly target: Target;
  readonly platform: Platform;
  readonly manifest: readonly ManifestEntry[];
  readonly emitter: RehearsedEmitter;
  /** The user's, with made-up values for secrets. */
  readonly environment: Environment;
  /** An empty folder: a provider that is not rehearsed is found nowhere, and no real one is ever started. */
  readonly pluginFolder: string;
  readonly report: RehearsalReporter;
  readonly close: () => Promise<void>;
}

/** In the world's folder. */
const NO_PROVIDERS = "no-providers";

/** Opens a rehearsal: finds the schemas, lays its states down, and has the provider process serve them. */
export async function openRehearsal(request: RehearsalRequest): Promise<OpenedRehearsal | Refusal> {
  const begun = beginRehearsalProvider({ logFile: join(request.projectRoot, ".platc", "rehearsal.log") });
  let isServing = false;
  try {
    const opened = await openWith(request, begun);
    isServing = opened.status === "ok";
    return opened;
  } finally {
    if (!isServing) begun.abandon();
  }
}

async function openWith(request: RehearsalRequest, begun: BegunProvider): Promise<OpenedRehearsal | Refusal> {
  const { projectRoot, sources, tell } = request;
  const platform = rehearsedPlatform(request.platform);
  const stacks = request.addresses.flatMap((address) => platform.stackByAddress.get(address) ?? []);
  const world = join(projectRoot, rehearsalFolder(request.platform.spec.name));
  await mkdir(join(world, NO_PROVIDERS), { recursive: true, mode: 0o700 });
  const extra = await extraModules(platform, sources);
  const plain = await emittedOnce(platform, sources);
  const emitter = createRehearsedEmitter(platform, sources, { emitter: plain, extraModules: extra });
  const fetched = await fetchedModules({ ...request, platform, stacks, extra, emitter });
  if ("status" in fetched) return fetched;
  const beyond = contractsBeyond(extra, fetched);
  const readers = readersOfForeignStates(platform, stacks, beyond);
  if (readers.length > 0) return foreignState(readers);
  const found = await rehearsedSchemas({ ...request, platform, stacks, beyond, world });
  if ("status" in found) return found;
  for (const note of found.notes) tell(note.message, note.hint);
  const given = await givenResources(platform, found.schemas, sources, tell);
  if ("status" in given) return given;
  const overlays = overlaysWith(found, given);
  const [provider] = await Promise.all([
    startServing(request, begun, { overlays, found, world }),
    seedStates(platform, world),
  ]);
  if ("status" in provider) return provider;
  const guard = moduleGuard(FLAVOURS[request.tools.terraform.flavour].program);
  const manifest = await Promise.all(platform.stacks.map(async (stack) => (await plain.stack(stack)).entry));
  return {
    status: "ok",
    target: rehearsalTarget(provider, guard, request),
    platform,
    manifest,
    emitter,
    environment: { ...request.environment, ...madeUpVariables(platform.spec, request.environment) },
    pluginFolder: join(world, NO_PROVIDERS),
    report: async (isTesting) => {
      const counts = await provider.report();
      return {
        schemas: usedSchemas(found.schemas, found.needs(), counts).map(({ origin }) => ({
          source: origin.source,
          version: origin.version,
          origin: origin.from,
          digest: origin.hash,
        })),
        unchecked: uncheckedParts(
          counts,
          [emitter.droppedProvisioners, guard.taken],
          isTesting ? stacks : [],
        ),
        faults: { asked: request.faults.length, struck: counts.faults },
      };
    },
    close: () => provider.stop(),
  };
}

/**
 * An emitter that keeps what it has emitted: the manifest needs every stack, and a run most of them once more. A destroy
 * may give one another place for its state: that is another stack.
 */
async function emittedOnce(platform: Platform, sources: Sources): Promise<Emitter> {
  const emitter = await createEmitter(platform, sources);
  const emitted = new Map<Stack, ReturnType<Emitter["stack"]>>();
  return { ...emitter, stack: (stack) => remember(emitted, stack, () => emitter.stack(stack)) };
}

/** What is given is told to every provider: one may look for what another has made. */
function overlaysWith(
  { schemas }: FoundSchemas,
  given: readonly GivenResource[],
): readonly ProviderOverlay[] {
  if (given.length === 0) return schemas.flatMap(({ overlay }) => overlay ?? []);
  return schemas.map(({ schema: { source }, overlay }) => ({
    ...(overlay ?? { source, settings: {}, resources: new Map(), dataSources: new Map() }),
    given,
  }));
}

async function startServing(
  { faults, tell, signal }: RehearsalRequest,
  begun: BegunProvider,
  {
    overlays,
    found: { schemas },
    world,
  }: {
    readonly overlays: readonly ProviderOverlay[];
    readonly found: FoundSchemas;
    readonly world: string;
  },
): Promise<RehearsalProvider | Refusal> {
  const serve = (): Promise<RehearsalProvider> =>
    begun.serve({
      schemas: schemas.map(({ schema }) => schema),
      overlays,
      worldFolder: world,
      faults,
    });
  const giveUp = (): unknown => begun.abandon();
  signal?.addEventListener("abort", giveUp);
  try {
    return await tellWaiting(join(world, WORLD_LOCK), tell, serve);
  } catch (error) {
    if (signal?.aborted) return refuse("interrupted before the rehearsal began", "nothing was started");
    if (error instanceof RehearsalError) return refuse(error.message, error.hint);
    throw error;
  } finally {
    signal?.removeEventListener("abort", giveUp);
  }
}

function rehearsalTarget(
  provider: RehearsalProvider,
  guard: ModuleGuard,
  { platform, faults, isOfOneRun = false }: RehearsalRequest,
): Target {
  return {
    kind: "rehearsal",
    identity: "rehearsal",
    description: "a rehearsal on this machine",
    // Nothing of the user's AWS settings is of use here, and nothing may be reached by them.
    isAwsEmulated: true,
    additions: {},
    attach: async (address): Promise<Attachment> => ({
      environment: { TF_REATTACH_PROVIDERS: JSON.stringify(await provider.attach(address)) },
      detach: () => provider.detach(address),
    }),
    guard: guard.look,
    explain: (address, error) => explainRehearsedError({ platform, faults, isOfOneRun }, address, error),
  };
}

const SEEDS_AT_ONCE = 16;

async function seedStates(platform: Platform, world: string): Promise<void> {
  const store = openLocalStore(join(world, "states"), { isSynced: false });
  for (let at = 0; at < platform.stacks.length; at += SEEDS_AT_ONCE) {
    const some = platform.stacks.slice(at, at + SEEDS_AT_ONCE);
    await Promise.all(some.map(({ address, state }) => seedRehearsedState(store, state.key, address)));
  }
}

function foreignState(readers: readonly string[]): Refusal {
  return refuse(
    `${readers.map((address) => `'${address}'`).join(", ")} ${readers.length === 1 ? "reads" : "read"} a state that is none of this platform's, and a rehearsal has no such state`,
    "select other stacks, or make what it reads a stack or a variable of the platform",
  );
}

function refuse(message: string, hint: string): Refusal {
  return { status: "failed", message, hint };
}
