import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import type { Environment } from "./child-environment.ts";

/** Where platc keeps what it installs for all projects of a user. */
export function cacheFolder(environment: Environment): string {
  const ofUser = environment["XDG_CACHE_HOME"];
  if (ofUser && isAbsolute(ofUser)) return join(ofUser, "platc");
  return join(homeFolder(environment), ".cache", "platc");
}

export function homeFolder(environment: Environment): string {
  return environment["HOME"] || environment["USERPROFILE"] || homedir();
}
