import { upstreamsOf } from "../../graph/reach.ts";
import type { Platform } from "../../stacks/platform-model.ts";

/** The environment that is tried first, after those that its stacks need: `dev`, or `core` and `dev`. */
export function firstEnvironments({ spec, stacks, order }: Platform): readonly string[] {
  const environments = [...spec.environments.values()];
  const first =
    environments.find(({ isShared, after }) => !isShared && after === undefined) ?? environments[0];
  const own = stacks.filter(({ environment }) => environment.name === first?.name);
  const needed = upstreamsOf(
    order,
    own.map(({ address }) => address),
  );
  const names = new Set(
    [...own, ...stacks.filter(({ address }) => needed.has(address))].map(
      ({ environment }) => environment.name,
    ),
  );
  return environments.map(({ name }) => name).filter((name) => names.has(name));
}

/** The environments that stacks are promoted to, in order: those that come after another. */
export function laterEnvironments({ spec }: Platform): readonly string[] {
  return [...spec.environments.values()].flatMap(({ name, after }) => (after === undefined ? [] : [name]));
}
