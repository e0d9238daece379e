import { child, textOf } from "../spec/node.ts";
import type { OutputSpec } from "./stack.ts";
import { definitionEntries, type StackReading } from "./stack-reading.ts";

/** The outputs that a stack declares itself. */
export function readOutputs(reading: StackReading): ReadonlyMap<string, OutputSpec> {
  const result = new Map<string, OutputSpec>();
  for (const [name, { value: node, keyRange }] of definitionEntries(reading, "outputs")) {
    const value = child(node, "value");
    const sensitive = child(node, "sensitive");
    result.set(name, {
      value: value ? reading.inTerraform(value) : null,
      description: textOf(child(node, "description")),
      isSensitive: sensitive?.kind === "scalar" && sensitive.value === true,
      range: keyRange,
    });
  }
  return result;
}
