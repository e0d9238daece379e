import { execFile } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { delimiter, isAbsolute, join, resolve } from "node:path";
import { childEnvironment, type Environment } from "./child-environment.ts";
import { installedTerraformPath } from "./installed-terraform-path.ts";
import { meetsConstraint } from "../text/version-constraint.ts";

export interface FoundTerraform {
  readonly status: "found";
  readonly path: string;
  /** Without a leading `v`. */
  readonly version: string;
  readonly flavour: "terraform" | "opentofu";
}

export interface MissingTerraform {
  readonly status: "missing";
  readonly message: string;
  readonly hint: string;
}

export interface FindTerraformRequest {
  readonly environment: Environment;
  /** In Terraform's syntax, such as `>= 1.10`. */
  readonly constraint?: string;
  /** platc's cache, in which it may have installed a Terraform of its own. */
  readonly cacheFolder?: string;
  readonly cwd?: string;
}

/**
 * Finds the first Terraform or OpenTofu that meets the constraint: the one that PLATC_TERRAFORM names and no other,
 * else `terraform` and `tofu` on the PATH of the given environment, else the one that platc installed.
 */
export async function findTerraform(
  request: FindTerraformRequest,
): Promise<FoundTerraform | MissingTerraform> {
  const { environment, constraint = "" } = request;
  const setting = environment["PLATC_TERRAFORM"];
  const rejected: string[] = [];
  for (const path of candidates(request, setting)) {
    const version = await readVersion(path, environment);
    if (version === undefined) rejected.push(`'${path}' does not tell its version`);
    else if (meetsConstraint(release(version.version), constraint))
      return { status: "found", path, ...version };
    else rejected.push(`'${path}' is ${version.version}`);
  }
  return missing(setting, constraint, rejected);
}

/** Terraform and OpenTofu hold `required_version` against what a prerelease or a build of one's own leads up to. */
function release(version: string): string {
  return version.replace(/[-+].*$/, "");
}

function candidates(
  { environment, cacheFolder, cwd = process.cwd() }: FindTerraformRequest,
  setting?: string,
) {
  if (setting) {
    const named = /[\\/]/.test(setting)
      ? [resolve(cwd, setting)].filter(isExecutable)
      : onPath(setting, environment);
    return named.slice(0, 1);
  }
  const installed =
    cacheFolder === undefined ? [] : [installedTerraformPath(cacheFolder)].filter(isExecutable);
  return [
    ...onPath("terraform", environment).slice(0, 1),
    ...onPath("tofu", environment).slice(0, 1),
    ...installed,
  ];
}

function onPath(name: string, environment: Environment): readonly string[] {
  const endings = process.platform === "win32" ? [".exe", ".cmd", ".bat"] : [""];
  return (environment["PATH"] ?? environment["Path"] ?? "")
    .split(delimiter)
    .filter((folder) => isAbsolute(folder))
    .flatMap((folder) => endings.map((ending) => join(folder, name + ending)))
    .filter(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** The plain form, not `-json`: only it tells OpenTofu from Terraform, whatever the binary is called. */
function readVersion(
  path: string,
  environment: Environment,
): Promise<Pick<FoundTerraform, "version" | "flavour"> | undefined> {
  // A dangling TF_CLI_CONFIG_FILE would make it warn.
  const { env } = childEnvironment(environment, { cliConfig: { kind: "dropped" } });
  return new Promise((done) => {
    execFile(path, ["version"], { env, timeout: 30_000 }, (_error, stdout) => {
      const match = /^(Terraform|OpenTofu) v(\S+)/m.exec(stdout);
      if (!match) done(undefined);
      else done({ version: match[2]!, flavour: match[1] === "OpenTofu" ? "opentofu" : "terraform" });
    });
  });
}

function missing(
  setting: string | undefined,
  constraint: string,
  rejected: readonly string[],
): MissingTerraform {
  const wanted = constraint === "" ? "" : ` that meets '${constraint}'`;
  const seen = rejected.length === 0 ? "" : `: ${rejected.join(", ")}`;
  if (setting) {
    return {
      status: "missing",
      message:
        rejected.length === 0
          ? `PLATC_TERRAFORM names '${setting}', which is no program`
          : `PLATC_TERRAFORM names no Terraform${wanted}${seen}`,
      hint: "Change PLATC_TERRAFORM, or unset it to take terraform or tofu from the PATH.",
    };
  }
  return {
    status: "missing",
    message: `There is no terraform or tofu${wanted} on the PATH${seen}`,
    hint: "Install Terraform or OpenTofu, let 'platc doctor --install' do it, or name a binary in PLATC_TERRAFORM.",
  };
}
