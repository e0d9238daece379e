import type { Range } from "../source/source.ts";
import { child, type NodePath, type SpecNode } from "../spec/node.ts";
import type { Stack } from "./stack.ts";

/**
 * Where in the spec it is written what stands at a path of a stack's root module, such as
 * `["module", "raw", "name"]`; undefined for what the spec does not say itself.
 */
export function specRangeAt(stack: Stack, path: readonly string[]): Range | undefined {
  const [kind, first = "", second = "", ...rest] = path;
  switch (kind) {
    case "module":
      return callRange(stack, first, second, rest);
    case "resource":
      return keyRange(child(stack.definition, "resources"), path.slice(1));
    case "data":
      return keyRange(child(stack.definition, "data"), path.slice(1));
    case "output":
      return stack.outputs.get(first)?.range;
    case "check":
      return keyRange(child(stack.definition, "assertions"), [first]);
    case "provider":
      return [...stack.providers.values()].find(({ localName }) => localName === first)?.range;
    default:
      return undefined;
  }
}

function callRange(stack: Stack, name: string, input: string, path: NodePath): Range | undefined {
  const call = stack.modules.find((one) => one.name === name);
  const placed = call?.inputs.get(input);
  if (placed) return keyRange(placed.node, path) ?? placed.keyRange;
  return input === "" || input === "source" ? call?.sourceRange : call?.range;
}

/** The key at the end of a path, or the last one before it that is written. */
function keyRange(node: SpecNode | undefined, path: NodePath): Range | undefined {
  let at = node;
  let range: Range | undefined;
  for (const step of path) {
    if (at?.kind === "list") {
      at = at.items[Number(step)];
      range = at?.range ?? range;
    } else {
      const entry = at?.kind === "map" ? at.entries.get(String(step)) : undefined;
      at = entry?.value;
      range = entry?.keyRange ?? range;
    }
  }
  return range;
}
