import type { RandomBytes } from "./salted-hash.ts";

/** Names a run: by its start, so that ids sort by time, and by chance, so that no two are the same. */
export function newRunId(at: Date, random: RandomBytes): string {
  const time = at.toISOString().replace(/[-:]|\.\d+/g, "");
  return `${time}-${Buffer.from(random(4)).toString("hex")}`;
}
