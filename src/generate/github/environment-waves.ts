import { orderSelection } from "../../stacks/order-selection.ts";
import type { Platform } from "../../stacks/platform-model.ts";

/** The stacks of each environment in waves, by themselves: addresses with no order among those of one wave. */
export function environmentWaves(platform: Platform): ReadonlyMap<string, readonly (readonly string[])[]> {
  const names = [...platform.spec.environments.keys()];
  return new Map(
    names.map((name) => {
      const stacks = platform.stacks.filter((stack) => stack.environment.name === name);
      const addresses = new Set(stacks.map((stack) => stack.address));
      return [name, orderSelection(platform, addresses).waves] as const;
    }),
  );
}
