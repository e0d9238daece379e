import { type Emitter, LOCK_FILE } from "../emit/emit-platform.ts";
import type { ManifestEntry } from "../emit/manifest.ts";
import { platformProviders } from "../emit/platform-providers.ts";
import type { TargetKind } from "../spec/platform.ts";
import type { Platform } from "../stacks/platform-model.ts";
import type { Refusal } from "../targets/given-endpoint.ts";
import type { RehearsalReporter } from "../targets/open-rehearsal.ts";
import { openTarget } from "../targets/open-target.ts";
import type { Target } from "../targets/target.ts";
import type { Environment } from "../terraform/child-environment.ts";
import type { Tools } from "../terraform/prepare-tools.ts";
import { cachedProviders } from "../terraform/cached-providers.ts";
import { unreachableProviders } from "../terraform/unreachable-providers.ts";
import { folderOf } from "../text/paths.ts";
import type { Project } from "./load-platform.ts";
import { CommandError, EXIT } from "./exit-codes.ts";
import { type FaultFlags, parseFaults } from "./parse-faults.ts";

/** What a run works against, and what it works with there. */
export interface RunTarget {
  readonly target: Target;
  readonly platform: Platform;
  readonly manifest: readonly ManifestEntry[];
  /** The target's own; the platform's where it has none. */
  readonly emitter?: Emitter;
  readonly environment: Environment;
  /** Where init looks for providers, and nowhere else. */
  readonly pluginFolder?: string;
  /** Of a rehearsal alone. */
  readonly report?: RehearsalReporter;
  readonly close: () => Promise<void>;
}

export interface RunTargetRequest {
  /** The first that can be had is taken. */
  readonly kinds: readonly TargetKind[];
  readonly project: Project;
  readonly platform: Platform;
  readonly manifest: readonly ManifestEntry[];
  readonly addresses: readonly string[];
  readonly faults: FaultFlags;
  /** Whether what is rehearsed is gone after the command. */
  readonly isOfOneRun: boolean;
  readonly tools: Tools;
  readonly environment: Environment;
  readonly tell: (message: string, hint?: string) => void;
  readonly signal: AbortSignal;
}

/** Opens the first of some targets that can be had, and says why it is not an earlier one. */
export async function openRunTarget(request: RunTargetRequest): Promise<RunTarget> {
  const { kinds, tell } = request;
  const [kind = "cloud", ...others] = kinds;
  refuseFaults(request, kind);
  const opened =
    (others.length > 0 ? await withoutProviders(request) : undefined) ?? (await open(request, kind));
  if (!("status" in opened)) return opened;
  if (request.signal.aborted) throw new CommandError(opened.message, opened.hint, EXIT.interrupted);
  if (others.length === 0) throw new CommandError(opened.message, opened.hint);
  tell(`this is a ${others[0]}, since the ${kind} cannot be had: ${opened.message}`, opened.hint);
  return openRunTarget({ ...request, kinds: others });
}

async function open(request: RunTargetRequest, kind: TargetKind): Promise<RunTarget | Refusal> {
  const { project, platform, manifest, environment, tell } = request;
  if (kind === "rehearsal") {
    const { openRehearsal } = await import("../targets/open-rehearsal.ts");
    const opened = await openRehearsal({
      platform,
      addresses: request.addresses,
      sources: project.sources,
      projectRoot: project.root,
      environment,
      tools: request.tools,
      faults: parseFaults(request.faults, request.addresses),
      isOfOneRun: request.isOfOneRun,
      tell,
      signal: request.signal,
    });
    if (opened.status === "failed") return opened;
    const { status: _status, ...rehearsal } = opened;
    return rehearsal;
  }
  const opened = await openTarget({ kind, projectRoot: project.root, environment, tell });
  if (opened.status === "failed") return opened;
  return { target: opened.target, platform, manifest, environment, close: async () => undefined };
}

/** Where there is another target to go to, providers that no mirror holds and no registry gives are a reason to. */
async function withoutProviders({
  project,
  platform,
  tools,
  environment,
}: RunTargetRequest): Promise<Refusal | undefined> {
  const sources = platformProviders(platform, tools.terraform.flavour).map(({ source }) => source);
  const lockText = await project.sources.readText(`${folderOf(platform.specPath)}/${LOCK_FILE}`);
  const mirrors = [...tools.mirrors, { providers: cachedProviders(environment, lockText) }];
  const missing = await unreachableProviders({ sources, mirrors, environment });
  if (missing.length === 0) return undefined;
  return {
    status: "failed",
    message: `${missing.join(", ")} is in no mirror, and the registry cannot be reached`,
    hint: "'platc doctor' says where mirrors are looked for",
  };
}

function refuseFaults({ faults }: RunTargetRequest, kind: TargetKind): void {
  const given = (["fail", "slow", "crash"] as const).find((name) => faults[name] !== undefined);
  if (given === undefined || kind === "rehearsal") return;
  throw new CommandError(
    `--${given} breaks something on purpose, and the target is the ${kind}`,
    "faults are for a rehearsal: --target rehearsal",
    EXIT.usage,
  );
}
