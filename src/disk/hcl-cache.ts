import { createHash, randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ParsedHcl, ParseHcl } from "../modules/parsed-hcl.ts";

// Part of every key: raise it when ParsedHcl or the parser changes.
const FORMAT = "platc-hcl-2";

/**
 * A parser that keeps what it reads in a folder by content (`<sha256>.json`), so that a warm run never loads the HCL
 * library. What is corrupt there is read anew; a folder that cannot be written is done without.
 */
export function createHclCache(folder: string, parse: ParseHcl): ParseHcl {
  const running = new Map<string, Promise<ParsedHcl>>();
  return (path, text) => {
    // JSON is quicker to read than to look up, and its bigints would not survive the cache.
    if (path.endsWith(".json")) return parse(path, text);
    const key = createHash("sha256").update(`${FORMAT}\0${text}`).digest("hex");
    const known = running.get(key);
    if (known) return known;
    const reading = readThrough(join(folder, `${key}.json`), () => parse(path, text));
    running.set(key, reading);
    return reading;
  };
}

async function readThrough(file: string, parse: () => Promise<ParsedHcl>): Promise<ParsedHcl> {
  const kept = await readEntry(file);
  if (kept) return kept;
  const parsed = await parse();
  await writeEntry(file, parsed);
  return parsed;
}

async function readEntry(file: string): Promise<ParsedHcl | undefined> {
  try {
    const entry = JSON.parse(await readFile(file, "utf8")) as { format?: unknown; parsed?: ParsedHcl };
    const isWhole =
      entry.format === FORMAT && Array.isArray(entry.parsed?.blocks) && Array.isArray(entry.parsed.failures);
    return isWhole ? entry.parsed : undefined;
  } catch {
    return undefined;
  }
}

async function writeEntry(file: string, parsed: ParsedHcl): Promise<void> {
  const draft = `${file}.${randomUUID()}.tmp`;
  try {
    await mkdir(join(file, ".."), { recursive: true });
    await writeFile(draft, JSON.stringify({ format: FORMAT, parsed }));
    await rename(draft, file);
  } catch {
    await rm(draft, { force: true }).catch(() => undefined);
  }
}
