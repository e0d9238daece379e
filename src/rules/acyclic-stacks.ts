import type { Diagnostic, RelatedPlace } from "../diagnostics/diagnostic.ts";
import { findCycle } from "../graph/find-cycle.ts";
import type { Graph } from "../graph/graph.ts";
import { isGate } from "../stacks/order-stacks.ts";
import type { Stack, StackReference } from "../stacks/stack.ts";
import type { PlatformRule } from "./rule.ts";

/** No stack needs itself by way of others; stages count as order too, and so do the outputs that configure a provider. */
export const acyclicStacks: PlatformRule = ({ order, stackByAddress }) => {
  const found: Diagnostic[] = [];
  let graph: Graph = order;
  for (let cycle = findCycle(graph); cycle; cycle = findCycle(graph)) {
    const onCycle: ReadonlySet<string> = new Set(cycle);
    found.push(describe(cycle, stackByAddress));
    graph = without(graph, (node) => onCycle.has(node) && !isGate(node));
  }
  return found;
};

function without(graph: Graph, isLeftOut: (node: string) => boolean): Graph {
  const nodes = graph.nodes.filter((node) => !isLeftOut(node));
  const upstreamOf = new Map(
    nodes.map((node) => [node, (graph.upstreamOf.get(node) ?? []).filter((one) => !isLeftOut(one))]),
  );
  return { nodes, upstreamOf };
}

function describe(cycle: readonly string[], stackByAddress: ReadonlyMap<string, Stack>): Diagnostic {
  const stacks = cycle.flatMap((node) => stackByAddress.get(node) ?? []);
  const first = stacks[0]!;
  const loop = [...stacks, first].map(({ address }) => `'${address}'`).join(" → ");
  const edges = stacks.map((stack, index) => edgeBetween(stack, stacks[index + 1] ?? first));
  const [edge, ...others] = edges;
  const place = {
    range: edge?.range ?? first.spec.range,
    related: others.filter((one) => one !== undefined),
  };
  if (stacks.length < cycle.length)
    return {
      code: "stage-contradiction",
      severity: "error",
      message: `the stages contradict the references of these stacks: ${loop}`,
      hint: `a stack comes after all stacks of earlier stages: ${stacks.map((one) => `'${one.address}' is in stage '${one.stage}'`).join(", ")}; move one to another stage`,
      ...(edges.some((one) => one)
        ? { range: edges.find((one) => one)!.range, related: stacks.map((one) => stageOf(one)) }
        : place),
    };
  const provider = stacks
    .flatMap((stack, index) => providerBetween(stack, stacks[index + 1] ?? first) ?? [])
    .at(0);
  if (provider)
    return {
      code: "provider-cycle",
      severity: "error",
      message: `a provider of '${provider.stack.address}' is configured by what needs that stack first: ${loop}`,
      hint: "make what the provider connects to in a stack that does not use the provider itself",
      range: provider.reference.range,
      related: others.filter(
        (one) => one !== undefined && one.range !== provider.reference.range,
      ) as RelatedPlace[],
    };
  const isAlone = stacks.length === 1;
  return {
    code: "dependency-cycle",
    severity: "error",
    message: isAlone
      ? `stack '${first.address}' needs itself`
      : `stacks need each other in a circle: ${loop}`,
    hint: isAlone
      ? "a stack's own values are written where they come from; in one stack, module calls read each other by 'extra'"
      : "take what both need into a stack of its own, or pass one of the values by 'vars'",
    ...place,
  };
}

/** Where a stack says that it comes after another one. */
function edgeBetween(stack: Stack, upstream: Stack): RelatedPlace | undefined {
  const reference = stack.references.find((one) => one.address === upstream.address);
  if (!reference) return undefined;
  const read = reference.output === undefined ? "comes after" : `reads '${reference.output}' of`;
  return { message: `'${stack.address}' ${read} '${upstream.address}' here`, range: reference.range };
}

function providerBetween(
  stack: Stack,
  upstream: Stack,
): { stack: Stack; reference: StackReference } | undefined {
  const references = stack.references.filter((one) => one.address === upstream.address);
  const [reference] = references;
  return reference && references.every((one) => one.kind === "provider") ? { stack, reference } : undefined;
}

function stageOf(stack: Stack): RelatedPlace {
  const range = stack.definition.entries.get("stage")?.value.range ?? stack.spec.range;
  return { message: `'${stack.address}' is in stage '${stack.stage}'`, range };
}
