import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { byCodePoint } from "../text/compare.ts";

/** All that `terraform init` works from. */
export interface InitParts {
  readonly binary: { readonly version: string; readonly flavour: string };
  /** The parsed `main.tf.json`, of which backend, required providers and module sources count. */
  readonly root: unknown;
  /** The digests of the local modules' files, since a nested module call is found only by init. */
  readonly moduleDigests: readonly string[];
  readonly lockFile: string | undefined;
  /** The CLI configuration's text, and so the mirrors. */
  readonly cliConfig: string | undefined;
}

/** A hash of all that init works from: while it is the same, init has nothing to do. */
export function initStamp(parts: InitParts): string {
  const { terraform, module } = initBlocks(parts.root);
  const content = canonical({ ...parts, root: { terraform, module }, version: 1 });
  return createHash("sha256").update(content).digest("hex");
}

/** Whether init was run with the same stamp in this data folder and all that it linked to is still there. */
export function isInitCurrent(dataFolder: string, stamp: string): boolean {
  const path = join(dataFolder, STAMP);
  return (
    existsSync(path) &&
    readFileSync(path, "utf8").trim() === stamp &&
    linksHold(join(dataFolder, "providers"))
  );
}

/** To be written after init has succeeded; inside the data folder, so that who deletes that deletes both. */
export function writeInitStamp(dataFolder: string, stamp: string): void {
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  const draft = join(dataFolder, `${STAMP}.${process.pid}.tmp`);
  writeFileSync(draft, `${stamp}\n`);
  renameSync(draft, join(dataFolder, STAMP));
}

/** To be removed before init starts: an init that is cut off leaves a folder that looks whole. */
export function removeInitStamp(dataFolder: string): void {
  rmSync(join(dataFolder, STAMP), { force: true });
}

const STAMP = "platc-init-stamp";

/** Host, namespace, type, version and platform; the last is a link where the provider lies in a mirror. */
function linksHold(folder: string, depth = 0): boolean {
  if (!existsSync(folder)) return depth === 0;
  if (depth === 5) return true;
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() || entry.isSymbolicLink())
    .every(({ name }) => linksHold(join(folder, name), depth + 1));
}

function initBlocks(root: unknown) {
  const calls = Object.entries(asObject(asObject(root)["module"])).map(([name, call]) => {
    const { source, version } = asObject(Array.isArray(call) ? call[0] : call);
    return [name, { source, version }];
  });
  const { backend, cloud, required_providers, required_version } = asObject(asObject(root)["terraform"]);
  return {
    terraform: { backend, cloud, required_providers, required_version },
    module: Object.fromEntries(calls) as unknown,
  };
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (typeof inner !== "object" || inner === null || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).sort(([left], [right]) => byCodePoint(left, right)));
  });
}
