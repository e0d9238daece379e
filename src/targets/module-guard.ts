import { guardModules } from "../rehearsal/guard-modules.ts";
import type { TerraformProgram } from "../text/flavour.ts";
import type { Target } from "./target.ts";

/** Keeps what a rehearsal's stacks load from running programs. */
export interface ModuleGuard {
  readonly look: NonNullable<Target["guard"]>;
  /** What was taken out of fetched modules, by the stack's address. */
  readonly taken: ReadonlyMap<string, readonly string[]>;
}

/** Opens a guard for one run of a program. */
export function moduleGuard(program: TerraformProgram): ModuleGuard {
  const taken = new Map<string, readonly string[]>();
  const harmless = new Set<string>();
  return {
    taken,
    look: async (address, folder) => {
      const looked = await guardModules(folder, { harmless, program });
      if (looked.status === "refused") return { ...looked, status: "failed" };
      if (looked.taken.length > 0) taken.set(address, looked.taken);
      return undefined;
    },
  };
}
