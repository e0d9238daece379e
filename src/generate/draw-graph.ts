import type { GraphStack } from "./stack-graph.ts";

/** Waves from first to last, each stack with those that it depends on. */
export function drawText(stacks: readonly GraphStack[]): string {
  if (stacks.length === 0) return "no stack is selected\n";
  const lines: string[] = [];
  let wave = -1;
  for (const stack of stacks) {
    if (stack.wave !== wave) {
      wave = stack.wave;
      lines.push(...(wave > 0 ? [""] : []), `wave ${wave + 1}`);
    }
    lines.push(`  ${stack.address}`);
    for (const upstream of stack.dependsOn) lines.push(`    <- ${upstream}`);
  }
  return `${lines.join("\n")}\n`;
}

/** A Mermaid flowchart with a box around each environment. */
export function drawMermaid(stacks: readonly GraphStack[]): string {
  const idOf = idsOf(stacks);
  const lines = ["flowchart LR"];
  for (const [index, [environment, members]] of [...byEnvironment(stacks)].entries()) {
    lines.push(`  subgraph e${index}["${mermaidText(environment)}"]`);
    for (const stack of members)
      lines.push(
        `    ${idOf.get(stack.address)}["${mermaidText(stack.address)}<br/>${mermaidText(stack.stage)}"]`,
      );
    lines.push("  end");
  }
  for (const [upstream, address] of edgesOf(stacks))
    lines.push(`  ${idOf.get(upstream)} --> ${idOf.get(address)}`);
  return `${lines.join("\n")}\n`;
}

/** A Graphviz digraph with a cluster for each environment. */
export function drawDot(stacks: readonly GraphStack[]): string {
  const lines = ["digraph platform {", "  rankdir=LR;", "  node [shape=box];"];
  for (const [index, [environment, members]] of [...byEnvironment(stacks)].entries()) {
    lines.push(`  subgraph cluster_${index} {`, `    label=${dotText(environment)};`);
    for (const stack of members)
      lines.push(`    ${dotText(stack.address)} [label=${dotText(`${stack.address}\n${stack.stage}`)}];`);
    lines.push("  }");
  }
  for (const [upstream, address] of edgesOf(stacks))
    lines.push(`  ${dotText(upstream)} -> ${dotText(address)};`);
  return `${[...lines, "}"].join("\n")}\n`;
}

function byEnvironment(stacks: readonly GraphStack[]): ReadonlyMap<string, readonly GraphStack[]> {
  const result = new Map<string, GraphStack[]>();
  for (const stack of stacks) {
    const known = result.get(stack.environment);
    if (known) known.push(stack);
    else result.set(stack.environment, [stack]);
  }
  return result;
}

function idsOf(stacks: readonly GraphStack[]): ReadonlyMap<string, string> {
  return new Map(stacks.map((stack, index) => [stack.address, `s${index}`]));
}

function edgesOf(stacks: readonly GraphStack[]): readonly (readonly [upstream: string, address: string])[] {
  return stacks.flatMap((stack) => stack.dependsOn.map((upstream) => [upstream, stack.address] as const));
}

/** Everything that Mermaid or Markdown could read as a sign, as an entity in Mermaid's own spelling. */
function mermaidText(text: string): string {
  return text.replace(/[^\p{L}\p{N} /._-]/gu, (sign) => `#${sign.codePointAt(0)};`);
}

function dotText(text: string): string {
  return `"${text.replace(/[\\"]/g, "\\$&").replaceAll("\n", "\\n")}"`;
}
