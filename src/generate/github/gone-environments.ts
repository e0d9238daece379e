import type { Platform } from "../../stacks/platform-model.ts";
import { rehearsedEnvironments } from "./rehearsed-environments.ts";

/** An environment with stacks that an earlier state of a platform has, and this one has not. */
export interface GoneEnvironment {
  readonly name: string;
  readonly stacks: number;
  /** Whether a pull request is rehearsed in it. */
  readonly isRehearsed: boolean;
}

/** The environments that have left the spec since one of several earlier states of the platform, each once. */
export function goneEnvironments(
  bases: readonly (Platform | undefined)[],
  head: Platform,
): readonly GoneEnvironment[] {
  const found = new Map<string, GoneEnvironment>();
  for (const base of new Set(bases)) {
    if (!base) continue;
    const rehearsed = rehearsedEnvironments(base);
    for (const { name } of base.spec.environments.values()) {
      const stacks = base.stacks.filter(({ environment }) => environment.name === name).length;
      if (stacks > 0 && !head.spec.environments.has(name))
        found.set(name, { name, stacks, isRehearsed: rehearsed.includes(name) });
    }
  }
  return [...found.values()];
}
