import type { Project } from "../run/project.ts";
import { copyPlatform } from "./rehearsed-project.ts";

export const ANALYTICS = "specs/analytics/platform.yaml";

/** The analytics platform and its modules in a project of its own; mirrors of this machine are not asked. */
export function copyAnalytics(): Project {
  return copyPlatform("analytics", ["modules/azure", "modules/kubernetes", "modules/postgres"]);
}
