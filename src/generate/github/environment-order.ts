import { topologicalWaves } from "../../graph/topological-waves.ts";
import type { Platform } from "../../stacks/platform-model.ts";

/** An environment, and those that are applied before it. */
export interface OrderedEnvironment {
  readonly name: string;
  readonly after: readonly string[];
  /** Those of `after` that may not be left out. */
  readonly heldBy: readonly string[];
}

/**
 * Environments in the order that a merge applies them in: after what they are promoted from, and after those that hold
 * stacks which theirs depend on. Of an optional environment that which it is promoted from counts too, so that it can be
 * left out.
 */
export function environmentOrder(platform: Platform): readonly OrderedEnvironment[] {
  const { environments } = platform.spec;
  const filled = new Set(platform.stacks.map((stack) => stack.environment.name));
  const upstreamOf = new Map(
    [...environments.keys()].map((name) => [name, upstreamsOf(platform, name)] as const),
  );
  const order = topologicalWaves({ nodes: [...environments.keys()], upstreamOf });
  return [...order.keys()]
    .filter((name) => filled.has(name))
    .map((name) => {
      const after = reachFilled(name, upstreamOf, (one) => filled.has(one), platform);
      return { name, after, heldBy: after.filter((one) => !environments.get(one)?.isOptional) };
    });
}

function upstreamsOf({ spec, stacks, stackByAddress }: Platform, name: string): readonly string[] {
  const own = stacks.filter((stack) => stack.environment.name === name);
  const depended = own.flatMap((stack) =>
    stack.upstream.flatMap((address) => stackByAddress.get(address)?.environment.name ?? []),
  );
  const after = spec.environments.get(name)?.after;
  const all = new Set([...(after === undefined ? [] : [after]), ...depended]);
  return [...spec.environments.keys()].filter((one) => one !== name && all.has(one));
}

/** The nearest environments with stacks; through optional and empty ones also those before them. */
function reachFilled(
  name: string,
  upstreamOf: ReadonlyMap<string, readonly string[]>,
  isFilled: (name: string) => boolean,
  { spec }: Platform,
): readonly string[] {
  const found = new Set<string>();
  const visit = (from: string): void => {
    for (const upstream of upstreamOf.get(from) ?? []) {
      if (found.has(upstream)) continue;
      if (isFilled(upstream)) found.add(upstream);
      if (!isFilled(upstream) || spec.environments.get(upstream)?.isOptional) visit(upstream);
    }
  };
  visit(name);
  return [...spec.environments.keys()].filter((one) => found.has(one));
}
