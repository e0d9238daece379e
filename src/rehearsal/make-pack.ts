import { join } from "node:path";
import { execa } from "execa";
import { packageRoot } from "../disk/package-root.ts";
import type { Environment } from "../terraform/child-environment.ts";

export interface PackRequest {
  /** A package on npm with its release, or a tarball. */
  readonly specifier: string;
  /** Types as the script takes them: `aws_vpc`, `data.aws_vpc`. */
  readonly types: readonly string[];
  /** The folder of the packs. */
  readonly to: string;
  /** Where npm looks for its settings. */
  readonly cwd: string;
  readonly environment: Environment;
  readonly signal?: AbortSignal | undefined;
}

/** What the script that makes packs has done. */
export interface MadePack {
  readonly path: string;
  readonly source: string;
  readonly version: string;
  readonly added: readonly string[];
  /** The version that the file was of. */
  readonly replaced?: string;
  /** Types that the file had and this version has not. */
  readonly gone?: readonly string[];
  /** Types that the package does not have, with what may be meant. */
  readonly unknown: readonly { readonly type: string; readonly near?: string }[];
}

export type PackMaking =
  | { readonly status: "made"; readonly pack: MadePack }
  | { readonly status: "failed"; readonly message: string };

/** Reads types out of a package, and adds them to the pack of its provider. */
export async function makePack({
  specifier,
  types,
  to,
  cwd,
  environment,
  signal,
}: PackRequest): Promise<PackMaking> {
  const script = join(packageRoot(), "schema", "extract-provider.mjs");
  const given = [script, specifier, "--types", types.join(","), "--to", to, "--json"];
  const { stdout, stderr, shortMessage } = await execa(process.execPath, given, {
    cwd,
    env: environment,
    extendEnv: false,
    reject: false,
    ...(signal && { cancelSignal: signal }),
  });
  if (stdout.startsWith("{")) return { status: "made", pack: JSON.parse(stdout) as MadePack };
  return { status: "failed", message: stderr.trim() || (shortMessage ?? "nothing was made") };
}
