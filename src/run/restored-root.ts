import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { OutputFile } from "../emit/emit-platform.ts";
import { stackFolder } from "../emit/emit-stack.ts";
import type { InventoryEntry } from "../ledger/inventory-entry.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { goneUpstreams } from "./gone-upstreams.ts";
import { restoreOrphan } from "./restore-orphan.ts";
import type { RunContext } from "./run-context.ts";
import { type StackTerraform, unitTerraform } from "./stack-terraform.ts";

/** A root module as it was applied, and Terraform for it in a folder of its own. */
export interface RestoredRoot {
  readonly terraform: StackTerraform;
  /** With the last outputs of upstreams that are gone laid in. */
  readonly files: readonly OutputFile[];
  /** Takes away what Terraform has put beside it, copies of providers above all. */
  readonly close?: () => Promise<void>;
}

/** What a stack was applied from, from the compiled root and the modules that the inventory keeps. */
export async function restoredRoot(
  context: RunContext,
  { address, entry, ledger }: { address: string; entry: InventoryEntry; ledger: Ledger },
): Promise<RestoredRoot> {
  const consumed = Object.keys(entry.consumed).map((name) => {
    const [upstream = "", output = ""] = name.split("#");
    return { address: upstream, output };
  });
  const { project, files } = await restoreOrphan(context, {
    address,
    files: (await ledger.bundles.get(entry.bundle)) ?? [],
    gone: await goneUpstreams(context, consumed, entry),
  });
  const outputFolder = stackFolder(context.platform.spec.name, address);
  const path = join(project, outputFolder);
  const terraform = unitTerraform(context, {
    address,
    folder: { path, dataFolder: join(path, ".terraform"), planFile: join(path, "plan.tfplan") },
    cwd: project,
    outputFolder,
    modulesDigest: entry.parts["modules"] ?? "",
    variables: Object.keys(entry.variables),
    backend: entry.backend,
    stateKey: entry.stateKey,
  });
  const close = (): Promise<void> => rm(terraform.folder.dataFolder, { recursive: true, force: true });
  return { terraform, files, close };
}
