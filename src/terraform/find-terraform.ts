import { execFile } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { delimiter, isAbsolute, join, resolve } from "node:path";
import { childEnvironment, type Environment } from "./child-environment.ts";
import { installedTerraformPath } from "./installed-terraform-path.ts";
import { type Flavour, FLAVOURS, flavourOf, type TerraformProgram } from "../text/flavour.ts";
import { meetsConstraint } from "../text/version-constraint.ts";

export interface FoundTerraform {
  readonly status: "found";
  readonly path: string;
  /** Without a leading `v`. */
  readonly version: string;
  readonly flavour: Flavour;
}

export interface MissingTerraform {
  readonly status: "missing";
  readonly message: string;
  readonly hint: string;
}

export interface FindTerraformRequest {
  readonly environment: Environment;
  /** What the spec says; PLATC_TERRAFORM wins over it. */
  readonly command?: TerraformProgram | undefined;
  /** In Terraform's syntax, such as `>= 1.10`. */
  readonly constraint?: string;
  /** platc's cache, in which it may have installed a Terraform or an OpenTofu of its own. */
  readonly cacheFolder?: string;
  readonly cwd?: string;
}

/**
 * Finds the first Terraform or OpenTofu that meets the constraint: the one that PLATC_TERRAFORM names, else the one that
 * the spec names, and no other; where neither does, `terraform` and `tofu` on the PATH of the given environment, else the
 * Terraform that platc installed. What goes by its plain name may be the one that platc installed.
 */
export async function findTerraform(
  request: FindTerraformRequest,
): Promise<FoundTerraform | MissingTerraform> {
  const { environment, constraint = "" } = request;
  const rejected: string[] = [];
  for (const path of candidates(request)) {
    const version = await readVersion(path, environment);
    if (version === undefined) rejected.push(`'${path}' does not tell its version`);
    else if (meetsConstraint(release(version.version), constraint))
      return { status: "found", path, ...version };
    else rejected.push(`'${path}' is ${version.version}`);
  }
  return missing(request, rejected);
}

/** What is asked for by its plain name, by PLATC_TERRAFORM or by the spec; undefined where any will do, or another. */
export function askedProgram({
  environment,
  command,
}: Pick<FindTerraformRequest, "environment" | "command">): TerraformProgram | undefined {
  const setting = environment["PLATC_TERRAFORM"];
  if (!setting) return command;
  return Object.values(FLAVOURS).find(({ program }) => program === setting)?.program;
}

/** Terraform and OpenTofu hold `required_version` against what a prerelease or a build of one's own leads up to. */
function release(version: string): string {
  return version.replace(/[-+].*$/, "");
}

function candidates(request: FindTerraformRequest): readonly string[] {
  const { environment, cacheFolder, cwd = process.cwd() } = request;
  const setting = environment["PLATC_TERRAFORM"];
  const asked = askedProgram(request);
  if (setting && !asked) {
    const named = /[\\/]/.test(setting)
      ? [resolve(cwd, setting)].filter(isExecutable)
      : onPath(setting, environment);
    return named.slice(0, 1);
  }
  const installed =
    cacheFolder === undefined
      ? []
      : [installedTerraformPath(cacheFolder, flavourOf(asked))].filter(isExecutable);
  const names = asked ? [asked] : Object.values(FLAVOURS).map(({ program }) => program);
  return [...names.flatMap((name) => onPath(name, environment).slice(0, 1)), ...installed];
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
      else
        done({
          version: match[2]!,
          flavour: match[1] === FLAVOURS.opentofu.product ? "opentofu" : "terraform",
        });
    });
  });
}

function missing(
  { environment, command, constraint = "" }: FindTerraformRequest,
  rejected: readonly string[],
): MissingTerraform {
  const setting = environment["PLATC_TERRAFORM"];
  const wanted = constraint === "" ? "" : ` that meets '${constraint}'`;
  const seen = rejected.length === 0 ? "" : `: ${rejected.join(", ")}`;
  if (setting) {
    return {
      status: "missing",
      message:
        rejected.length === 0
          ? `PLATC_TERRAFORM names '${setting}', which is no program`
          : `PLATC_TERRAFORM names no Terraform${wanted}${seen}`,
      hint: `${installHint(askedProgram({ environment }))}Change PLATC_TERRAFORM, or unset it to take ${command ? `${command}, as the spec says,` : "terraform or tofu"} from the PATH.`,
    };
  }
  return {
    status: "missing",
    message: `There is no ${command ?? "terraform or tofu"}${wanted} on the PATH${seen}`,
    hint: command
      ? `The spec says 'terraform: { command: ${command} }'. ${installHint(command)}Or name a binary in PLATC_TERRAFORM.`
      : "Install Terraform or OpenTofu, let 'platc doctor --install' do it, or name a binary in PLATC_TERRAFORM.",
  };
}

function installHint(command: TerraformProgram | undefined): string {
  if (!command) return "";
  return `Install ${FLAVOURS[flavourOf(command)].product} (${INSTALL_PAGES[command]}), or let 'platc doctor --install' do it. `;
}

const INSTALL_PAGES: Readonly<Record<TerraformProgram, string>> = {
  terraform: "https://developer.hashicorp.com/terraform/install",
  tofu: "https://opentofu.org/docs/intro/install",
};
