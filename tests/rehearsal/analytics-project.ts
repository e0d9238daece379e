import { cpSync } from "node:fs";
import { join, resolve } from "node:path";
import { makeProject, type Project } from "../run/project.ts";
import { FROM_PACKS } from "./rehearsed-project.ts";

export const ANALYTICS = "specs/analytics/platform.yaml";

/** The analytics platform and its modules in a project of its own; mirrors of this machine are not asked. */
export function copyAnalytics(): Project {
  const project = makeProject({ "package.json": JSON.stringify({ platc: { spec: ANALYTICS } }) });
  Object.assign(project.environment, FROM_PACKS);
  const repository = resolve(import.meta.dirname, "../..");
  for (const folder of ["modules/azure", "modules/kubernetes", "modules/postgres", "specs/analytics"])
    cpSync(join(repository, folder), join(project.root, folder), { recursive: true });
  return project;
}
