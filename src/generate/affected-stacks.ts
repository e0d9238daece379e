import type { ManifestEntry } from "../emit/manifest.ts";
import { downstreamsOf } from "../graph/reach.ts";
import type { Platform } from "../stacks/platform-model.ts";
import type { Stack } from "../stacks/stack.ts";
import { toComparable } from "../templates/comparable-value.ts";

/** A stack that differs between two states of a project, or depends on one that does. */
export interface AffectedStack {
  readonly address: string;
  readonly kind: "added" | "changed" | "removed" | "dependent";
  /** What differs: `definition`, `modules`, `files`, `providers`, `checks`, `order`. */
  readonly parts: readonly string[];
  /** Of a dependent: the affected stacks that it depends on, near or far. */
  readonly because: readonly string[];
}

/** One state of a project, compiled. */
export interface ComparedProject {
  readonly platform: Platform;
  readonly manifest: readonly ManifestEntry[];
}

/** What differs from a base, sorted by address; without a base that could be compiled, everything. */
export function affectedStacks(
  base: ComparedProject | undefined,
  head: ComparedProject,
): readonly AffectedStack[] {
  const before = new Map(base?.manifest.map((entry) => [entry.address, entry]));
  const direct = new Map<string, AffectedStack>();
  for (const entry of head.manifest) {
    const { address } = entry;
    const earlier = before.get(address);
    const parts = earlier && base ? changedParts(earlier, entry, base.platform, head.platform) : [];
    if (!earlier) direct.set(address, { address, kind: "added", parts: [], because: [] });
    else if (parts.length > 0) direct.set(address, { address, kind: "changed", parts, because: [] });
  }
  const removed = [...before.keys()].filter((address) => !head.platform.stackByAddress.has(address));
  const gone = removed.map((address): AffectedStack => ({
    address,
    kind: "removed",
    parts: [],
    because: [],
  }));
  const dependents = dependentsOf(head.platform, direct);
  return [...direct.values(), ...gone, ...dependents].sort((left, right) =>
    left.address < right.address ? -1 : 1,
  );
}

function changedParts(
  earlier: ManifestEntry,
  later: ManifestEntry,
  basePlatform: Platform,
  headPlatform: Platform,
): readonly string[] {
  const names = [...new Set([...Object.keys(earlier.parts), ...Object.keys(later.parts)])];
  const parts = names.filter((name) => earlier.parts[name] !== later.parts[name]);
  const before = basePlatform.stackByAddress.get(earlier.address);
  const after = headPlatform.stackByAddress.get(later.address);
  if (before && after) {
    if (checksOf(before) !== checksOf(after)) parts.push("checks");
    if (orderOf(before) !== orderOf(after)) parts.push("order");
  }
  return parts.sort();
}

function dependentsOf(
  platform: Platform,
  direct: ReadonlyMap<string, AffectedStack>,
): readonly AffectedStack[] {
  const graph = {
    nodes: platform.stacks.map((stack) => stack.address),
    upstreamOf: new Map(platform.stacks.map((stack) => [stack.address, stack.upstream])),
  };
  const causes = new Map<string, string[]>();
  for (const address of direct.keys()) {
    for (const dependent of downstreamsOf(graph, [address])) {
      if (direct.has(dependent)) continue;
      const known = causes.get(dependent);
      if (known) known.push(address);
      else causes.set(dependent, [address]);
    }
  }
  return [...causes].map(([address, because]) => ({
    address,
    kind: "dependent",
    parts: [],
    because: because.sort(),
  }));
}

function checksOf(stack: Stack): string {
  const checks = stack.checks.map(({ range: _range, settings, ...rest }) => ({
    ...rest,
    settings: toComparable(settings),
  }));
  return JSON.stringify(checks);
}

function orderOf(stack: Stack): string {
  return JSON.stringify([stack.stage, stack.upstream]);
}
