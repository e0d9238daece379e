import { createHash, randomUUID } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Environment } from "./child-environment.ts";
import { hostPlatform } from "./host-platform.ts";
import { installedTerraformPath } from "./installed-terraform-path.ts";
import { type Flavour, FLAVOURS } from "../text/flavour.ts";
import { PINNED, type PinnedTerraform } from "./pinned-terraform.ts";

export interface InstallTerraformRequest {
  readonly cacheFolder: string;
  readonly flavour?: Flavour;
  /** PLATC_TERRAFORM_MIRROR and PLATC_OPENTOFU_MIRROR name another place that serves the vendor's folders. */
  readonly environment: Environment;
  readonly platform?: string;
  readonly pinned?: PinnedTerraform;
  readonly signal?: AbortSignal;
  readonly onProgress?: (receivedBytes: number, totalBytes: number | undefined) => void;
}

export type InstallTerraformResult =
  | { readonly status: "installed" | "already-installed"; readonly path: string; readonly version: string }
  | { readonly status: "failed"; readonly message: string; readonly hint: string };

/** Where the releases of each lie, how an archive is named there, and the setting that names another such place. */
const RELEASES: Readonly<Record<Flavour, ReleasePlace>> = {
  terraform: {
    base: "https://releases.hashicorp.com",
    mirror: "PLATC_TERRAFORM_MIRROR",
    path: (version, platform) => `terraform/${version}/terraform_${version}_${platform}.zip`,
  },
  opentofu: {
    base: "https://github.com/opentofu/opentofu/releases/download",
    mirror: "PLATC_OPENTOFU_MIRROR",
    path: (version, platform) => `v${version}/tofu_${version}_${platform}.zip`,
  },
};

interface ReleasePlace {
  readonly base: string;
  readonly mirror: string;
  readonly path: (version: string, platform: string) => string;
}

/** Downloads the pinned Terraform or OpenTofu into platc's cache; only the archive whose SHA-256 is pinned is unpacked. */
export async function installTerraform(request: InstallTerraformRequest): Promise<InstallTerraformResult> {
  const { cacheFolder, flavour = "terraform", platform = hostPlatform() } = request;
  const { product } = FLAVOURS[flavour];
  const pinned: PinnedTerraform = request.pinned ?? PINNED[flavour];
  const os = platform.startsWith("windows_") ? "win32" : process.platform;
  const path = installedTerraformPath(cacheFolder, flavour, pinned.version, os);
  if (existsSync(path)) return { status: "already-installed", path, version: pinned.version };
  const wanted = pinned.sha256ByPlatform[platform];
  if (wanted === undefined)
    return failed(`No ${product} ${pinned.version} is pinned for ${platform}`, `${yourself(flavour)}.`);
  const { base, mirror, path: pathOf } = RELEASES[flavour];
  const url = `${(request.environment[mirror] || base).replace(/\/+$/, "")}/${pathOf(pinned.version, platform)}`;
  const archive = await download(url, request);
  if (typeof archive === "string")
    return failed(
      archive,
      `Name a place that serves ${product}'s releases in ${mirror}, or ${lowered(yourself(flavour))}.`,
    );
  const actual = createHash("sha256").update(archive).digest("hex");
  if (actual !== wanted) {
    return failed(
      `'${url}' is not the pinned archive: its SHA-256 is ${actual}, not ${wanted}`,
      "Nothing was installed. See what the mirror serves, or who stands between.",
    );
  }
  await unpack(archive, path);
  return { status: "installed", path, version: pinned.version };
}

/** Where the spec asks for neither, either will do; where it asks for OpenTofu, only that. */
function yourself(flavour: Flavour): string {
  return flavour === "opentofu" ? "Install OpenTofu yourself" : "Install Terraform or OpenTofu yourself";
}

function lowered(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** The bytes, or why there are none. */
async function download(url: string, request: InstallTerraformRequest): Promise<Buffer | string> {
  const { signal, onProgress } = request;
  try {
    const response = await fetch(url, signal ? { signal } : {});
    if (!response.ok || !response.body)
      return `'${url}' answered ${response.status} ${response.statusText}`.trimEnd();
    const length = Number(response.headers.get("content-length") ?? NaN);
    const total = Number.isNaN(length) ? undefined : length;
    const chunks: Uint8Array[] = [];
    let received = 0;
    for await (const chunk of response.body) {
      chunks.push(chunk as Uint8Array);
      received += (chunk as Uint8Array).length;
      onProgress?.(received, total);
    }
    return Buffer.concat(chunks);
  } catch (error) {
    const { message, cause } = error as Error;
    return `'${url}' could not be downloaded: ${cause instanceof Error && cause.message ? cause.message : message}`;
  }
}

/** Renamed into place when it is whole: two platc at once, or one that is killed, leave no half binary. */
async function unpack(archive: Buffer, path: string): Promise<void> {
  const { unzipSync } = await import("fflate");
  const name = basename(path);
  const binary = unzipSync(archive, { filter: (file) => file.name === name })[name];
  if (!binary) throw new Error(`The archive holds no '${name}'`);
  const folder = dirname(path);
  mkdirSync(folder, { recursive: true });
  const draft = join(folder, `.${randomUUID()}.tmp`);
  try {
    writeFileSync(draft, binary);
    chmodSync(draft, 0o755);
    renameSync(draft, path);
  } finally {
    rmSync(draft, { force: true });
  }
}

function failed(message: string, hint: string): InstallTerraformResult {
  return { status: "failed", message, hint };
}
