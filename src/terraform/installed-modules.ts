import { existsSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { StackFolder } from "../disk/stack-folder.ts";

/** A module that a root module calls, itself or by another: where Terraform reads it from. */
export interface InstalledModule {
  /** The names of the calls that lead to it: `network.subnets`. */
  readonly key: string;
  /** As written: `./sub`, `git::https://...`, `terraform-aws-modules/vpc/aws`. */
  readonly source: string;
  readonly path: string;
}

/** The modules below a root module as init has laid them out; none before its first init. */
export async function installedModules(folder: StackFolder): Promise<readonly InstalledModule[]> {
  return modulesIn(folder, await readFile(fileOf(folder), "utf8").catch(() => "{}"));
}

/** The same at once, for what cannot wait. */
export function installedModulesNow(folder: StackFolder): readonly InstalledModule[] {
  return existsSync(fileOf(folder)) ? modulesIn(folder, readFileSync(fileOf(folder), "utf8")) : [];
}

function fileOf({ dataFolder }: StackFolder): string {
  return join(dataFolder, "modules", "modules.json");
}

function modulesIn(folder: StackFolder, text: string): readonly InstalledModule[] {
  const { Modules: modules = [] } = JSON.parse(text) as { readonly Modules?: readonly Entry[] };
  return modules
    .filter(({ Key: key }) => key !== "")
    .map(({ Key: key, Source: source, Dir: path }) => ({ key, source, path: resolve(folder.path, path) }));
}

interface Entry {
  readonly Key: string;
  readonly Source: string;
  readonly Dir: string;
}
