import { join } from "node:path";
import { type Flavour, FLAVOURS } from "../text/flavour.ts";
import { PINNED } from "./pinned-terraform.ts";

/** Where platc keeps the Terraform or OpenTofu that it installed itself, inside its cache folder. */
export function installedTerraformPath(
  cacheFolder: string,
  flavour: Flavour = "terraform",
  version: string = PINNED[flavour].version,
  os: string = process.platform,
): string {
  const { program } = FLAVOURS[flavour];
  return join(cacheFolder, flavour, version, os === "win32" ? `${program}.exe` : program);
}
