import { join } from "node:path";
import type { Environment } from "./child-environment.ts";

/** The folders in which Terraform looks for providers by itself where no `provider_installation` says otherwise. */
export function impliedMirrorFolders(
  environment: Environment,
  home: string,
  os: string = process.platform,
): readonly string[] {
  if (os === "win32") {
    const roaming = environment["APPDATA"] ?? join(home, "AppData", "Roaming");
    return [join(roaming, "terraform.d", "plugins"), join(roaming, "HashiCorp", "Terraform", "plugins")];
  }
  const own = join(home, ".terraform.d", "plugins");
  if (os === "darwin") {
    const support = join("Library", "Application Support", "io.terraform", "plugins");
    return [own, join(home, support), join("/", support)];
  }
  const ofUser = environment["XDG_DATA_HOME"] || join(home, ".local", "share");
  const ofSystem = (environment["XDG_DATA_DIRS"] || "/usr/local/share:/usr/share").split(":");
  return [own, ...[ofUser, ...ofSystem].map((folder) => join(folder, "terraform", "plugins"))];
}
