import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { StoreEnvironment } from "./object-store.ts";

/** AWS's own files, as the backend or the environment names them; `~` stands for the home of that environment. */
export interface AwsConfigFiles {
  readonly configFile: string;
  readonly credentialsFile: string;
  /** The settings of the profile, from both files; undefined where neither knows it. */
  readonly profile: Readonly<Record<string, string>> | undefined;
}

/** Finds which of the named files hold the profile; of several, the last one counts, as in Terraform. */
export async function readAwsConfigFiles(
  settings: Readonly<Record<string, unknown>>,
  environment: StoreEnvironment,
  profile: string,
): Promise<AwsConfigFiles> {
  const home = environment["HOME"] ?? environment["USERPROFILE"] ?? "";
  const named = (many: unknown, one: unknown, variable: string, name: string) =>
    [...(Array.isArray(many) ? many : [one ?? environment[variable] ?? join(home, ".aws", name)])].map(
      (path) => String(path).replace(/^~(?=\/|$)/, home),
    );
  const configs = named(settings["shared_config_files"], undefined, "AWS_CONFIG_FILE", "config");
  const credentials = named(
    settings["shared_credentials_files"],
    settings["shared_credentials_file"],
    "AWS_SHARED_CREDENTIALS_FILE",
    "credentials",
  );
  const inConfig = await findSection(
    configs,
    profile === "default" ? ["default", "profile default"] : [`profile ${profile}`],
  );
  const inCredentials = await findSection(credentials, [profile]);
  return {
    configFile: inConfig.file,
    credentialsFile: inCredentials.file,
    profile:
      inConfig.settings || inCredentials.settings
        ? { ...inConfig.settings, ...inCredentials.settings }
        : undefined,
  };
}

async function findSection(files: readonly string[], sections: readonly string[]) {
  let found: { file: string; settings: Record<string, string> | undefined } = {
    file: files.at(-1) ?? "",
    settings: undefined,
  };
  for (const file of files) {
    const bySection = parseIni(await readOrEmpty(file));
    for (const section of sections) {
      const settings = bySection.get(section);
      if (settings !== undefined) found = { file, settings };
    }
  }
  return found;
}

async function readOrEmpty(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch {
    return "";
  }
}

/** Top-level settings by section; indented sub-settings (`s3 =` and what follows) are left out. */
function parseIni(text: string): ReadonlyMap<string, Record<string, string>> {
  const bySection = new Map<string, Record<string, string>>();
  let current: Record<string, string> | undefined;
  for (const line of text.split(/\r?\n/)) {
    const section = /^\[\s*(.+?)\s*\]/.exec(line)?.[1]?.replace(/\s+/g, " ");
    const setting = /^([^\s#;=][^=]*?)\s*=\s*(.*?)\s*$/.exec(line);
    if (section !== undefined) bySection.set(section, (current = bySection.get(section) ?? {}));
    else if (setting !== null && current !== undefined) current[setting[1]!.toLowerCase()] = setting[2]!;
  }
  return bySection;
}
