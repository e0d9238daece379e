import type { Platform } from "../../stacks/platform-model.ts";
import { environmentOrder } from "./environment-order.ts";

/** Whether the spec itself says that its workflow rehearses. */
export function isRehearsalAsked({ spec: { github } }: Platform): boolean {
  return github.target === "rehearsal" || (github.rehearse !== undefined && github.rehearse.length > 0);
}

/** The environments with stacks that a pull request is rehearsed in, in the order that they are applied in. */
export function rehearsedEnvironments(platform: Platform): readonly string[] {
  const { rehearse } = platform.spec.github;
  return environmentOrder(platform)
    .map(({ name }) => name)
    .filter((name) => rehearse === undefined || rehearse === "all" || rehearse.includes(name));
}
