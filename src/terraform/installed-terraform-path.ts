import { join } from "node:path";
import { PINNED_TERRAFORM } from "./pinned-terraform.ts";

/** Where platc keeps the Terraform that it installed itself, inside its cache folder. */
export function installedTerraformPath(
  cacheFolder: string,
  version: string = PINNED_TERRAFORM.version,
  os: string = process.platform,
): string {
  return join(cacheFolder, "terraform", version, os === "win32" ? "terraform.exe" : "terraform");
}
