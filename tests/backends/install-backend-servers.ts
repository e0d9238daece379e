import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder } from "../../src/terraform/cache-folder.ts";

/** The path of a program, or why it is not there. */
export type Installed = { readonly path: string } | { readonly missing: string };

const FOLDER = join(cacheFolder(process.env), "backend-servers");

/** Azurite, Microsoft's own emulator of blobs, from npm into the cache of the user: 186 MB. What is there stays. */
export function installAzurite(): Installed {
  const folder = join(FOLDER, "azurite-3.35.0");
  const path = join(folder, "node_modules", "azurite", "dist", "src", "blob", "main.js");
  if (existsSync(path)) return { path };
  const draft = `${folder}.${process.pid}`;
  mkdirSync(draft, { recursive: true });
  const failed = failureOf("npm", [
    "install",
    "--prefix",
    draft,
    "--no-audit",
    "--no-fund",
    "azurite@3.35.0",
  ]);
  if (failed === undefined) renameSync(draft, folder);
  rmSync(draft, { recursive: true, force: true });
  return failed === undefined ? { path } : { missing: failed };
}

/** A server that speaks like Google's object store, by Go into the cache of the user: 50 MB. What is there stays. */
export function installFakeGcs(): Installed {
  const path = join(FOLDER, "bin", "fake-gcs-server");
  if (existsSync(path)) return { path };
  const source = "github.com/fsouza/fake-gcs-server@v1.56.1";
  const failed = failureOf("go", ["install", source], { GOBIN: join(FOLDER, "bin") });
  return failed === undefined ? { path } : { missing: failed };
}

function failureOf(
  program: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): string | undefined {
  const env = { ...process.env, ...environment };
  const { error, status, stderr } = spawnSync(program, args, { encoding: "utf8", env });
  if (error) return error.message;
  return status === 0 ? undefined : `${program} ${args.join(" ")}: ${stderr.trim().split("\n").at(-1) ?? ""}`;
}
