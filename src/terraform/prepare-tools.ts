import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder, homeFolder } from "./cache-folder.ts";
import type { Environment } from "./child-environment.ts";
import { chooseCliConfig, type CliConfigChoice } from "./cli-config.ts";
import { askedProgram, findTerraform, type FoundTerraform, type MissingTerraform } from "./find-terraform.ts";
import { hostPlatform } from "./host-platform.ts";
import { installTerraform } from "./install-terraform.ts";
import type { Note } from "./note.ts";
import { PINNED } from "./pinned-terraform.ts";
import { findProviderMirrors, type ProviderMirror } from "./provider-mirror.ts";
import { readUserCliConfig, type UserCliConfigPlaces } from "./user-cli-config.ts";
import { FLAVOURS, flavourOf, type TerraformProgram } from "../text/flavour.ts";
import { meetsConstraint } from "../text/version-constraint.ts";

export interface ToolsRequest {
  readonly environment: Environment;
  readonly projectRoot: string;
  /** What the spec says: which of Terraform and OpenTofu, where it says it, and in which versions. */
  readonly spec: {
    readonly command: TerraformProgram | undefined;
    readonly requiredVersion: string | undefined;
  };
  /** Whether the pinned Terraform or OpenTofu may be installed into platc's cache where there is none. */
  readonly mayInstall: boolean;
  /** Takes sentences about what takes a while. */
  readonly tell: (message: string) => void;
}

/** The Terraform to start, and how it finds providers. */
export interface Tools {
  readonly status: "ok";
  readonly terraform: FoundTerraform;
  readonly mirrors: readonly ProviderMirror[];
  /** Those of the mirrors that Terraform looks in: none where the user's own CLI configuration says where to look. */
  readonly searchedMirrors: readonly ProviderMirror[];
  readonly cliConfig: CliConfigChoice;
  /** All that decides where providers come from, as text: what `initStamp` takes. */
  readonly cliConfigText: string | undefined;
  readonly notes: readonly Note[];
}

/** Finds Terraform and provider mirrors, and writes the CLI configuration that a run needs into `.platc/terraform`. */
export async function prepareTools(request: ToolsRequest): Promise<Tools | MissingTerraform> {
  const { environment, projectRoot } = request;
  const terraform = await findOrInstall(request);
  if (terraform.status === "missing") return terraform;
  const home = homeFolder(environment);
  const places = { environment, home, flavour: terraform.flavour };
  const { mirrors, notes } = findProviderMirrors({
    environment,
    home,
    project: projectRoot,
    platform: hostPlatform(),
    flavour: terraform.flavour,
  });
  const folder = join(projectRoot, ".platc", "terraform");
  const config = chooseCliConfig({ ...places, mirrors, folder });
  return {
    status: "ok",
    terraform,
    mirrors,
    searchedMirrors: config.searched,
    cliConfig: config.choice,
    cliConfigText: textOf(config.choice, places, mirrors),
    notes: [...notes, ...config.notes],
  };
}

async function findOrInstall(request: ToolsRequest): Promise<FoundTerraform | MissingTerraform> {
  const { environment, mayInstall, tell } = request;
  const { command, requiredVersion: constraint = "" } = request.spec;
  const search = { environment, command, constraint, cacheFolder: cacheFolder(environment) };
  const found = await findTerraform(search);
  const asked = askedProgram(search);
  const isAnother = asked === undefined && environment["PLATC_TERRAFORM"];
  const flavour = flavourOf(asked);
  const wouldHelp = !isAnother && meetsConstraint(PINNED[flavour].version, constraint);
  if (found.status === "found" || !mayInstall || !wouldHelp) return found;
  tell(
    `${found.message}; installing ${FLAVOURS[flavour].product} ${PINNED[flavour].version} into platc's cache`,
  );
  const installed = await installTerraform({ ...search, flavour });
  if (installed.status === "failed")
    return { status: "missing", message: installed.message, hint: installed.hint };
  return findTerraform(search);
}

function textOf(
  choice: CliConfigChoice,
  places: UserCliConfigPlaces,
  mirrors: readonly ProviderMirror[],
): string | undefined {
  if (choice.kind === "own") return readFileSync(choice.path, "utf8");
  const { text, installationFile } = readUserCliConfig(places);
  const installation =
    installationFile !== undefined && existsSync(installationFile)
      ? readFileSync(installationFile, "utf8")
      : "";
  const paths = mirrors.map(({ path }) => path);
  const all = [text, installation, ...paths].filter((part) => part !== "").join("\n");
  return all === "" ? undefined : all;
}
