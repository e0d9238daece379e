import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { OutputFile } from "../emit/emit-platform.ts";

/** A resource that was made and is in no state; the next plan of its stack imports it. */
export interface PendingImport {
  readonly resource: string;
  readonly id: string;
}

/** Keeps imports for the next plan of a stack, beside those that wait already. */
export async function addPendingImports(
  root: string,
  platform: string,
  address: string,
  imports: readonly PendingImport[],
): Promise<void> {
  const path = fileOf(root, platform, address);
  const idByResource = new Map(
    [...(await readPendingImports(root, platform, address)), ...imports].map(({ resource, id }) => [
      resource,
      id,
    ]),
  );
  const all = [...idByResource].map(([resource, id]) => ({ resource, id }));
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeFile(`${path}.tmp`, JSON.stringify(all), { mode: 0o600 });
  await rename(`${path}.tmp`, path);
}

export async function readPendingImports(
  root: string,
  platform: string,
  address: string,
): Promise<readonly PendingImport[]> {
  const text = await readFile(fileOf(root, platform, address), "utf8").catch(() => "[]");
  return JSON.parse(text) as readonly PendingImport[];
}

/** After an apply that imported them. */
export async function removePendingImports(root: string, platform: string, address: string): Promise<void> {
  await rm(fileOf(root, platform, address), { force: true });
}

/** The imports as a file of the root module in the given folder. */
export function importFile(folder: string, imports: readonly PendingImport[]): OutputFile {
  const blocks = imports.map(({ resource, id }) => ({ to: resource, id: id.replace(/([$%])\{/g, "$1$1{") }));
  return {
    path: `${folder}/platc-imports.tf.json`,
    content: `${JSON.stringify({ import: blocks }, null, 2)}\n`,
  };
}

function fileOf(root: string, platform: string, address: string): string {
  return join(root, ".platc", "imports", platform, `${address}.json`);
}
