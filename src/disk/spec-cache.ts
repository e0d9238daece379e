import { createHash, randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { SourceFile } from "../source/source.ts";
import type { SpecNode } from "../spec/node.ts";
import { nodeFromJson } from "../spec/node-from-json.ts";
import { type JsonNode, nodeToJson } from "../spec/node-to-json.ts";
import type { ParseYaml } from "../spec/parsed-yaml.ts";

// Part of every key: raise it when SpecNode or what the parser makes of a text changes.
const FORMAT = "platc-spec-1";

/**
 * A parser that keeps the tree of each file without mistakes in a folder, one entry for a path, and takes it again
 * where the text is the same to the byte, so that a warm run never loads the YAML library. What is corrupt there is
 * read anew; a folder that cannot be written is done without.
 */
export function createSpecCache(folder: string, parse: ParseYaml): ParseYaml {
  return async (file) => {
    const entry = join(folder, `${digestOf(file.path)}.json`);
    const digest = digestOf(file.text);
    const kept = await readEntry(entry, digest, file);
    if (kept) return { node: kept, diagnostics: [] };
    const parsed = await parse(file);
    if (parsed.diagnostics.length === 0) await writeEntry(entry, digest, parsed.node);
    return parsed;
  };
}

function digestOf(text: string): string {
  return createHash("sha256").update(`${FORMAT}\0${text}`).digest("hex");
}

async function readEntry(path: string, digest: string, file: SourceFile): Promise<SpecNode | undefined> {
  try {
    const [written, node] = JSON.parse(await readFile(path, "utf8")) as readonly [string, JsonNode];
    return written === digest ? nodeFromJson(node, file) : undefined;
  } catch {
    return undefined;
  }
}

async function writeEntry(path: string, digest: string, node: SpecNode): Promise<void> {
  const draft = `${path}.${randomUUID()}.tmp`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(draft, JSON.stringify([digest, nodeToJson(node)]));
    await rename(draft, path);
  } catch {
    await rm(draft, { force: true }).catch(() => undefined);
  }
}
