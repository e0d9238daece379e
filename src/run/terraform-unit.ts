import type { BackendConfig } from "../stores/object-store.ts";
import type { StackFolder } from "../disk/stack-folder.ts";

/** A root module that Terraform is run for, in the spec or out of it. */
export interface TerraformUnit {
  readonly address: string;
  readonly folder: StackFolder;
  /** Where Terraform starts: `path.cwd`. */
  readonly cwd: string;
  /** The folder in `out/` that the unit's files are named under. */
  readonly outputFolder: string;
  readonly modulesDigest: string;
  readonly variables: readonly string[];
  readonly backend: BackendConfig;
  readonly stateKey: string;
}
