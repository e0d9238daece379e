import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Keeps `.platc` out of a project's git: what lies there is this machine's own, states of rehearsals included. */
export function ignoreWorkFolder(projectRoot: string): void {
  const file = join(projectRoot, ".platc", ".gitignore");
  if (existsSync(file)) return;
  try {
    mkdirSync(join(projectRoot, ".platc"), { recursive: true });
    writeFileSync(file, "*\n", { flag: "wx" });
  } catch {
    // Where nothing can be written, nothing has to be ignored; whoever needs the folder says so.
  }
}
