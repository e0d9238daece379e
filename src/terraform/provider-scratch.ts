import { randomUUID } from "node:crypto";
import { mkdir, readdir, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { writeLock } from "../emit/lock-entries.ts";
import { FLAVOURS } from "../text/flavour.ts";
import { childEnvironment, type Environment } from "./child-environment.ts";
import { initCommand } from "./commands.ts";
import type { Tools } from "./prepare-tools.ts";
import { runTerraform } from "./run-terraform.ts";
import { terraformErrors } from "./terraform-errors.ts";

/** A provider as a lock file has it. */
export interface LockedProvider {
  /** With its host. */
  readonly source: string;
  readonly version: string;
  /** Its entry in the lock file. */
  readonly entry: string;
}

/** A root module of one provider and nothing else, with its lock. What fails is told as a sentence. */
export interface ProviderScratch {
  /** Installs the provider as Terraform does by itself. */
  readonly install: () => Promise<string | undefined>;
  /** Where `install` leaves the package, laid out as a mirror. */
  readonly installed: string;
  /** Whether the package in a mirror is what the lock says. */
  readonly fits: (mirror: string) => Promise<string | undefined>;
  readonly close: () => Promise<void>;
}

export interface ProviderScratchRequest {
  readonly tools: Pick<Tools, "terraform" | "cliConfig">;
  readonly environment: Environment;
  readonly signal?: AbortSignal;
}

/** Longer than any download: what is older was left by a platc that was killed. */
const LEFT_AFTER_MS = 6 * 3_600_000;

/** Makes the root module in a new folder, and removes those that were left there. */
export async function openProviderScratch(
  parent: string,
  provider: LockedProvider,
  request: ProviderScratchRequest,
): Promise<ProviderScratch> {
  await removeLeft(parent);
  const folder = join(parent, randomUUID());
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const { source, version, entry } = provider;
  const required = { provider: { source, version } };
  await writeFile(
    join(folder, "main.tf.json"),
    JSON.stringify({ terraform: { required_providers: required } }),
  );
  await writeFile(join(folder, ".terraform.lock.hcl"), writeLock(new Map([[source, entry]]), [source]) ?? "");
  return {
    installed: join(folder, "installed", "providers"),
    install: () => init(folder, "installed", [], request),
    fits: (mirror) => init(folder, "checked", [mirror], request),
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

async function init(
  folder: string,
  data: string,
  pluginFolders: readonly string[],
  { tools, environment, signal }: ProviderScratchRequest,
): Promise<string | undefined> {
  const dataFolder = join(folder, data);
  await rm(dataFolder, { recursive: true, force: true });
  const result = await runTerraform({
    binary: tools.terraform.path,
    command: initCommand({ hasLockFile: true, pluginFolders }),
    folder,
    env: childEnvironment(environment, { cliConfig: tools.cliConfig, dataFolder }).env,
    logFolder: join(folder, "logs"),
    ...(signal && { signal }),
  });
  if (result.exitCode === 0) return undefined;
  const { flavour } = tools.terraform;
  const [error] = terraformErrors(result, { flavour });
  const detail = error?.diagnostic?.detail.trim().replace(/\s+/g, " ");
  return detail || error?.message || `${FLAVOURS[flavour].product} ended early`;
}

async function removeLeft(parent: string): Promise<void> {
  for (const name of await readdir(parent).catch(() => [])) {
    const path = join(parent, name);
    const age = await stat(path).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    );
    if (age > LEFT_AFTER_MS) await rm(path, { recursive: true, force: true });
  }
}
