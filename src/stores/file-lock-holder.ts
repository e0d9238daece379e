import { readFile } from "node:fs/promises";
import { processStatus, type ProcessIdentity } from "./process-identity.ts";

/** The process of this machine that works under a lock file now; undefined where none surely does. */
export async function fileLockHolder(path: string): Promise<ProcessIdentity | undefined> {
  try {
    const holder = JSON.parse(await readFile(path, "utf8")) as ProcessIdentity;
    return processStatus(holder) === "alive" ? holder : undefined;
  } catch {
    return undefined;
  }
}
