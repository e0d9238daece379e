import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { replaceFile } from "../disk/replace-file.ts";
import { byCodePoint } from "../text/compare.ts";
import type { SchemaNeed } from "./schema-origin.ts";

const FILE = "needs.json";

/**
 * What a rehearsal needs now, and what it needed at any time before: a stack that has left the spec is destroyed with
 * the types that it was made of.
 */
export async function rememberedNeeds(
  worldFolder: string,
  needs: readonly SchemaNeed[],
): Promise<readonly SchemaNeed[]> {
  const before = await readFile(join(worldFolder, FILE), "utf8").catch(() => "[]");
  return joinNeeds(JSON.parse(before) as readonly SchemaNeed[], needs);
}

/** Remembers in the world's folder what was needed and found, beside what is remembered already. */
export async function rememberNeeds(worldFolder: string, needs: readonly SchemaNeed[]): Promise<void> {
  const path = join(worldFolder, FILE);
  const before = await readFile(path, "utf8").catch(() => "[]");
  const text = `${JSON.stringify(joinNeeds(JSON.parse(before) as readonly SchemaNeed[], needs), null, 2)}\n`;
  if (text !== before) replaceFile(path, text, 0o600);
}

/** By source, types of both; the constraints are those of now, where there are any. */
function joinNeeds(before: readonly SchemaNeed[], now: readonly SchemaNeed[]): readonly SchemaNeed[] {
  const bySource = new Map(before.map((need) => [need.source, need]));
  for (const need of now) {
    const earlier = bySource.get(need.source);
    bySource.set(need.source, {
      ...need,
      resources: union(earlier?.resources, need.resources),
      dataSources: union(earlier?.dataSources, need.dataSources),
      ephemerals: union(earlier?.ephemerals, need.ephemerals),
    });
  }
  return [...bySource.values()].sort((left, right) => byCodePoint(left.source, right.source));
}

function union(before: readonly string[] = [], now: readonly string[]): readonly string[] {
  return [...new Set([...before, ...now])].sort(byCodePoint);
}
