import { accessSync, constants, existsSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { CommandError, EXIT } from "./exit-codes.ts";

/** Refuses the path of a report that could not be written, before the run that it would tell of. */
export function refuseUnwritable(option: string, path: string, cwd: string): void {
  const refuse = (why: string, hint: string): never => {
    throw new CommandError(`${option} cannot write '${path}': ${why}`, hint, EXIT.usage);
  };
  const file = resolve(cwd, path);
  const folder = dirname(file);
  const isThere = existsSync(file);
  if (path === "" || (isThere && statSync(file).isDirectory()))
    refuse("it is a folder", "name a file, such as 'report.html'");
  if (!existsSync(folder)) refuse(`there is no folder '${folder}'`, `make it first: mkdir -p '${folder}'`);
  if (!statSync(folder).isDirectory()) refuse(`'${folder}' is no folder`, "name a file in a folder");
  if (!mayWrite(isThere ? file : folder))
    refuse("you may not write there", "name a file in a folder of your own");
}

function mayWrite(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
