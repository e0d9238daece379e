import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { byCodePoint } from "../text/compare.ts";
import type { Environment } from "./child-environment.ts";
import { cliConfigOfJson } from "./cli-config-of-json.ts";
import { stripProviderInstallation } from "./strip-provider-installation.ts";

export interface UserCliConfig {
  /** All of the user's files as one text in HCL, without `provider_installation`. */
  readonly text: string;
  /** The file that says how to install providers, if one does. */
  readonly installationFile?: string;
  /** The file that TF_CLI_CONFIG_FILE names and that is not there. */
  readonly dangling?: string;
}

export interface UserCliConfigPlaces {
  readonly environment: Environment;
  readonly home: string;
  readonly flavour: "terraform" | "opentofu";
  readonly os?: string;
}

/** Reads what Terraform would read as its CLI configuration: the named file, or else the user's and its folder's. */
export function readUserCliConfig(places: UserCliConfigPlaces): UserCliConfig {
  const named = places.environment["TF_CLI_CONFIG_FILE"] || places.environment["TERRAFORM_CONFIG"];
  const dangling = named && !existsSync(named) ? named : undefined;
  const files = named && !dangling ? [named] : usualFiles(places);
  let installationFile: string | undefined;
  const texts = files.map((file) => {
    const { text, hadProviderInstallation } = readConfig(file);
    if (hadProviderInstallation) installationFile ??= file;
    return text.endsWith("\n") || text === "" ? text : `${text}\n`;
  });
  return {
    text: texts.join(""),
    ...(installationFile === undefined ? {} : { installationFile }),
    ...(dangling === undefined ? {} : { dangling }),
  };
}

function readConfig(file: string): { readonly text: string; readonly hadProviderInstallation: boolean } {
  const text = readFileSync(file, "utf8");
  if (!text.trimStart().startsWith("{")) return stripProviderInstallation(text);
  try {
    const json: unknown = JSON.parse(text);
    const hadProviderInstallation =
      typeof json === "object" && json !== null && "provider_installation" in json;
    return { text: cliConfigOfJson(json), hadProviderInstallation };
  } catch {
    // Terraform will say what is wrong with it, at its place.
    return { text, hadProviderInstallation: false };
  }
}

/**
 * OpenTofu has its files in XDG_CONFIG_HOME where that is set and the home folder has none. The credentials file of
 * `terraform login` is not among them: Terraform reads that one always.
 */
function usualFiles({
  environment,
  home,
  flavour,
  os = process.platform,
}: UserCliConfigPlaces): readonly string[] {
  const isWindows = os === "win32";
  const base = isWindows ? (environment["APPDATA"] ?? join(home, "AppData", "Roaming")) : home;
  const names = flavour === "opentofu" ? ["tofu", "terraform"] : ["terraform"];
  const xdg = flavour === "opentofu" && !isWindows ? environment["XDG_CONFIG_HOME"] : undefined;
  const main = [
    ...names.map((name) => join(base, isWindows ? `${name}.rc` : `.${name}rc`)),
    ...(xdg ? [join(xdg, "opentofu", "tofurc")] : []),
  ].find((path) => existsSync(path));
  const own = join(base, isWindows ? "terraform.d" : ".terraform.d");
  const folder = xdg && !existsSync(own) ? join(xdg, "opentofu") : own;
  const beside = existsSync(folder) ? readdirSync(folder).sort(byCodePoint) : [];
  const inFolder = beside
    .filter((name) => /\.tfrc(\.json)?$/.test(name) && name !== "credentials.tfrc.json")
    .map((name) => join(folder, name));
  return [...(main === undefined ? [] : [main]), ...inFolder];
}
