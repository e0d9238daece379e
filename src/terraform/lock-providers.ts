import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { lockEntries, writeLock } from "../emit/lock-entries.ts";
import type { PlatformProvider } from "../emit/platform-providers.ts";
import { childEnvironment, type Environment } from "./child-environment.ts";
import { providersLockCommand } from "./commands.ts";
import { lockedVersion } from "./lock-problems.ts";
import { findLockSources, type LockSource } from "./lock-sources.ts";
import type { Note } from "./note.ts";
import type { Tools } from "./prepare-tools.ts";
import { runTerraform } from "./run-terraform.ts";
import { terraformErrors } from "./terraform-errors.ts";
import { FLAVOURS } from "../text/flavour.ts";
import { meetsConstraint } from "../text/version-constraint.ts";

export interface LockRequest {
  readonly providers: readonly PlatformProvider[];
  /** The lock as it is; versions in it are kept, unless it is left out. */
  readonly lockText?: string | undefined;
  /** As Terraform spells them; without, all common ones, or those that a mirror holds. */
  readonly platforms?: readonly string[] | undefined;
  readonly tools: Tools;
  readonly environment: Environment;
  readonly projectRoot: string;
  readonly tell: (message: string) => void;
  readonly signal?: AbortSignal;
}

export type LockResult =
  | { readonly status: "ok"; readonly text: string; readonly notes: readonly Note[] }
  | { readonly status: "failed"; readonly message: string; readonly hint: string };

/** The text of a lock file for all providers: those in a mirror by what it holds, the others by their registry. */
export async function lockProviders(request: LockRequest): Promise<LockResult> {
  const before = lockEntries(request.lockText ?? "");
  const providers = request.providers.map((provider) => atVersionOfTwin(provider, before));
  const found = findLockSources({
    ...request,
    providers,
    mirrors: request.tools.mirrors,
    flavour: request.tools.terraform.flavour,
  });
  if (found.status === "failed") return found;
  const scratch = makeScratch({ ...request, providers });
  try {
    for (const source of found.sources) {
      const failure = await lockFrom(source, scratch, request);
      if (failure) return failure;
    }
    const entries = lockEntries(readOrEmpty(join(scratch, LOCK)));
    const kept = providers.flatMap((provider) => fittingTwin(provider, before));
    const text = writeLock(new Map([...before, ...entries]), [
      ...providers.map(({ source }) => source),
      ...kept,
    ]);
    return { status: "ok", text: text ?? "", notes: found.notes };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

const LOCK = ".terraform.lock.hcl";

/** Terraform and OpenTofu are to run the same version, if the lock knows that of one of them. */
function atVersionOfTwin(provider: PlatformProvider, before: ReadonlyMap<string, string>): PlatformProvider {
  const [twin] = before.has(provider.source) ? [] : fittingTwin(provider, before);
  const version = twin === undefined ? undefined : lockedVersion(before.get(twin));
  return version === undefined ? provider : { ...provider, constraints: [...provider.constraints, version] };
}

/** What is locked for the other flavour stays, as long as the spec allows it. */
function fittingTwin(
  { twin = "", constraints }: PlatformProvider,
  before: ReadonlyMap<string, string>,
): readonly string[] {
  const version = lockedVersion(before.get(twin));
  if (version === undefined) return [];
  return constraints.every((constraint) => meetsConstraint(version, constraint)) ? [twin] : [];
}

/** A root module that needs all providers and has nothing else. */
function makeScratch({ projectRoot, providers, lockText }: LockRequest): string {
  const parent = join(projectRoot, ".platc", "terraform");
  mkdirSync(parent, { recursive: true, mode: 0o700 });
  const scratch = mkdtempSync(join(parent, "lock-"));
  const required = providers.map(({ source, constraints }, at) => {
    const version = constraints.join(", ");
    return [`p${at}`, { source, ...(version !== "" && { version }) }];
  });
  const root = { terraform: { required_providers: Object.fromEntries(required) as object } };
  writeFileSync(join(scratch, "main.tf.json"), JSON.stringify(root));
  const ofThese = writeLock(
    lockEntries(lockText ?? ""),
    providers.map(({ source }) => source),
  );
  if (ofThese !== undefined) writeFileSync(join(scratch, LOCK), ofThese);
  return scratch;
}

async function lockFrom(
  source: LockSource,
  scratch: string,
  { tools, environment, tell, signal }: LockRequest,
): Promise<LockResult | undefined> {
  const from = source.mirror === undefined ? "from the registry" : `from the mirror '${source.mirror}'`;
  tell(`Locking ${source.providers.join(", ")} ${from} for ${source.platforms.join(", ")}`);
  const result = await runTerraform({
    binary: tools.terraform.path,
    command: providersLockCommand(source),
    folder: scratch,
    env: childEnvironment(environment, {
      cliConfig: tools.cliConfig,
      dataFolder: join(scratch, ".terraform"),
    }).env,
    logFolder: join(scratch, "logs"),
    ...(signal && { signal }),
  });
  const { flavour } = tools.terraform;
  const [error] = terraformErrors(result, { flavour });
  if (!error) return undefined;
  const detail = error.diagnostic?.detail.trim().replace(/\s+/g, " ");
  return {
    status: "failed",
    message: `${FLAVOURS[flavour].product} could not lock the providers ${from}: ${detail || error.message}`,
    hint: "Versions that are locked are kept: '--upgrade' takes the newest that the constraints allow. PLATC_PROVIDER_MIRROR names a mirror ('none': the registry).",
  };
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
