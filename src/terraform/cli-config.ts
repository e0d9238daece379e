import { chmodSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { FLAVOURS } from "../text/flavour.ts";
import type { CliConfigChoice } from "./cli-config-choice.ts";
import { cliConfigText } from "./cli-config-text.ts";
import type { Note } from "./note.ts";
import type { ProviderMirror } from "./provider-mirror.ts";
import { readUserCliConfig, type UserCliConfig, type UserCliConfigPlaces } from "./user-cli-config.ts";

export type { CliConfigChoice } from "./cli-config-choice.ts";

export interface CliConfigRequest extends UserCliConfigPlaces {
  readonly mirrors: readonly ProviderMirror[];
  /** Where platc's file is written; private, since the user's credentials may be copied into it. */
  readonly folder: string;
}

export interface CliConfigResult {
  readonly choice: CliConfigChoice;
  /** The mirrors among them that Terraform will look in. */
  readonly searched: readonly ProviderMirror[];
  readonly notes: readonly Note[];
}

/**
 * Decides on Terraform's CLI configuration, and writes one of platc's own only where a mirror was found that
 * Terraform would not find by itself. That file is the user's own configuration (credentials, plugin cache and all)
 * with the `provider_installation` replaced. A user's `provider_installation` is beaten only by
 * PLATC_PROVIDER_MIRROR, never by a mirror that platc came upon.
 */
export function chooseCliConfig(request: CliConfigRequest): CliConfigResult {
  const user = readUserCliConfig(request);
  const notes = [...danglingNotes(user, request), ...otherHostNotes(request)];
  const isNamed = request.mirrors.some(({ origin }) => origin === "setting");
  const isNeeded = request.mirrors.some(({ origin }) => origin !== "implied");
  if (!isNeeded || (user.installationFile !== undefined && !isNamed)) {
    const searched = user.installationFile === undefined ? request.mirrors : [];
    return { choice: { kind: user.dangling === undefined ? "user" : "dropped" }, searched, notes };
  }
  if (user.installationFile !== undefined) notes.push(replacedNote(user.installationFile));
  const path = join(request.folder, "terraform.tfrc");
  writePrivately(request.folder, path, cliConfigText(user.text, request.mirrors));
  return { choice: { kind: "own", path }, searched: request.mirrors, notes };
}

/** Written whole, so that a Terraform that is just starting reads either the old file or the new one. */
function writePrivately(folder: string, path: string, text: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const draft = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(draft, text, { mode: 0o600 });
    chmodSync(draft, 0o600);
    renameSync(draft, path);
  } finally {
    rmSync(draft, { force: true });
  }
}

function danglingNotes({ dangling }: UserCliConfig, { flavour }: CliConfigRequest): Note[] {
  if (dangling === undefined) return [];
  return [
    {
      message: `'TF_CLI_CONFIG_FILE' names '${dangling}', which does not exist; it is not passed to ${FLAVOURS[flavour].product}`,
      hint: "Unset TF_CLI_CONFIG_FILE, or create the file.",
    },
  ];
}

/**
 * OpenTofu takes `hashicorp/aws` from its own registry's folder of a mirror, and never from Terraform's. Of a mirror
 * that platc came upon nobody expects it to serve this run: where it is missed, the error says so.
 */
function otherHostNotes({ flavour, mirrors }: CliConfigRequest): Note[] {
  const [own, other] =
    flavour === "opentofu"
      ? ["registry.opentofu.org/", "registry.terraform.io/"]
      : ["registry.terraform.io/", "registry.opentofu.org/"];
  return mirrors
    .filter(({ origin }) => origin === "setting" || origin === "project")
    .filter(({ providers }) => providers.some(({ source }) => source.startsWith(other!)))
    .filter(({ providers }) => !providers.some(({ source }) => source.startsWith(own!)))
    .map(({ path }) => ({
      message: `The provider mirror '${path}' holds providers of ${other!.slice(0, -1)} only, and this is ${FLAVOURS[flavour].product}`,
      hint: `Fill it with '${FLAVOURS[flavour].program} providers mirror', or write the registry's host into the provider's source.`,
    }));
}

function replacedNote(file: string): Note {
  return { message: `PLATC_PROVIDER_MIRROR is used in place of the provider_installation in '${file}'` };
}
