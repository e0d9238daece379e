import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Platform } from "../stacks/platform-model.ts";
import { lockedOutside } from "./locked-outside.ts";
import { UNUSABLE_BACKEND_HINT, unusableBackends } from "./unusable-backends.ts";

/** Why the jobs of a workflow would fail as the project stands, and how to mend each. */
export function ciWarnings(
  root: string,
  platform: Platform,
): readonly { readonly message: string; readonly hint: string }[] {
  return [...installWarnings(root), ...backendWarnings(platform)];
}

const INSTALL_HINT =
  "keep platc in the repository: 'npm pack' in a checkout of platc, then 'npm install --save-dev ./platc-VERSION.tgz' here; commit the tarball, package.json and package-lock.json";

/** Jobs install platc by `npm ci`. */
function installWarnings(root: string): ReturnType<typeof ciWarnings> {
  const missing = ["package.json", "package-lock.json"].filter((name) => readIn(root, name) === undefined);
  const warning = (message: string) => [{ message, hint: INSTALL_HINT }];
  if (missing.length > 0)
    return warning(`the jobs run 'npm ci', and there is no ${missing.join(" and no ")} here`);
  const lock = readIn(root, "package-lock.json") ?? "";
  if (!/"(node_modules\/)?platc"/.test(lock))
    return warning("the jobs run platc by 'npx --no-install', and it is not in package-lock.json");
  const place = lockedOutside(root, lock);
  if (place === undefined) return [];
  return warning(
    `the jobs run 'npm ci', and package-lock.json takes platc from '${place}', which is on this machine alone`,
  );
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
