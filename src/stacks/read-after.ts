import { child, type SpecNode, textOf } from "../spec/node.ts";
import { findInstances } from "./find-instances.ts";
import type { Coordinates } from "./stack-places.ts";
import type { StackReference } from "./stack.ts";
import type { StackReading } from "./stack-reading.ts";

/** The stacks that `after` names. */
export function readAfter({ definition, instance, around }: StackReading): readonly StackReference[] {
  const node = child(definition, "after");
  if (node?.kind !== "list") return [];
  return node.items.flatMap((item) => {
    const named = child(item, "stack") ?? item;
    const found = findInstances(instance, textOf(named) ?? "", coordinatesOf(item), around.places);
    if (found.status === "ok")
      return found.found.map(({ address }): StackReference => ({
        kind: "after",
        address,
        output: undefined,
        range: item.range,
      }));
    if (found.status === "bad") {
      const { code, message, hint } = found;
      const range = code === "unknown-stack" ? named.range : item.range;
      around.report({ severity: "error", code, message, ...(hint !== undefined && { hint }), range });
    }
    return [];
  });
}

function coordinatesOf(item: SpecNode): Coordinates {
  const result: Record<string, string> = {};
  for (const key of ["environment", "customer", "each"]) {
    const text = textOf(child(item, key));
    if (text !== undefined) result[key] = text;
  }
  return result;
}
