import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Platform } from "../stacks/platform-model.ts";
import { UNUSABLE_BACKEND_HINT, unusableBackends } from "./unusable-backends.ts";

/** Why the jobs of a workflow would fail as the project stands, and how to mend each. */
export function ciWarnings(
  root: string,
  platform: Platform,
): readonly { readonly message: string; readonly hint: string }[] {
  return [...installWarnings(root), ...backendWarnings(platform)];
}

/** Jobs install platc by `npm ci`. */
function installWarnings(root: string): ReturnType<typeof ciWarnings> {
  const missing = ["package.json", "package-lock.json"].filter((name) => readIn(root, name) === undefined);
  const hint = "npm init --yes && npm install --save-dev platc; commit package.json and package-lock.json";
  if (missing.length > 0)
    return [{ message: `the jobs run 'npm ci', and there is no ${missing.join(" and no ")} here`, hint }];
  if (/"(node_modules\/)?platc"/.test(readIn(root, "package-lock.json") ?? "")) return [];
  return [{ message: "the jobs run platc by 'npx --no-install', and it is not in package-lock.json", hint }];
}

function backendWarnings(platform: Platform): ReturnType<typeof ciWarnings> {
  if (platform.spec.github.target === "rehearsal") return [];
  return [...unusableBackends(platform).keys()].map((backend) => ({
    message: `the jobs plan and apply, which is not possible with states in the '${backend}' backend`,
    hint: `${UNUSABLE_BACKEND_HINT}, in CI 'ci: { github: { target: rehearsal } }'`,
  }));
}

function readIn(root: string, name: string): string | undefined {
  try {
    return readFileSync(join(root, name), "utf8");
  } catch {
    return undefined;
  }
}
