import { reduceGraph } from "../graph/reduce-graph.ts";
import { orderSelection } from "../stacks/order-selection.ts";
import type { Platform } from "../stacks/platform-model.ts";

/** One stack of a graph for people and tools. */
export interface GraphStack {
  readonly address: string;
  readonly environment: string;
  readonly stage: string;
  /** 0 for those that come first. */
  readonly wave: number;
  /** Stacks of the graph that it reads from or names in `after`; through stacks that are left out, the nearest. */
  readonly dependsOn: readonly string[];
}

/** Selected stacks by wave, then as in the platform. Stages decide waves, and only dependence makes edges. */
export function stackGraph(platform: Platform, addresses: ReadonlySet<string>): readonly GraphStack[] {
  const dependence = reduceGraph(
    {
      nodes: platform.stacks.map((stack) => stack.address),
      upstreamOf: new Map(platform.stacks.map((stack) => [stack.address, stack.upstream])),
    },
    (address) => addresses.has(address),
  );
  const { waves } = orderSelection(platform, addresses);
  return waves.flatMap((wave, index) =>
    wave.flatMap((address) => {
      const stack = platform.stackByAddress.get(address);
      if (!stack) return [];
      const dependsOn = dependence.upstreamOf.get(address) ?? [];
      return [{ address, environment: stack.environment.name, stage: stack.stage, wave: index, dependsOn }];
    }),
  );
}
