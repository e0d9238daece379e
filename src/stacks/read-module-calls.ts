import type { Range } from "../source/source.ts";
import { child, type MapNode, mapOf, textOf, textsOf } from "../spec/node.ts";
import { byCodePoint } from "../text/compare.ts";
import type { ModuleCall, Placed } from "./stack.ts";
import { definitionEntries, type StackReading } from "./stack-reading.ts";

/** The module calls of a stack: its only one, or those under `modules`, by name. */
export function readModuleCalls(reading: StackReading): ModuleCall[] {
  const { definition, instance } = reading;
  const isSingle = textOf(child(definition, "module")) !== undefined;
  const own = isSingle ? [readCall(reading, moduleNameOf(instance.name), definition, definition.range)] : [];
  const several = [...definitionEntries(reading, "modules")].map(([name, entry]) =>
    readCall(reading, name, mapOf(entry.value, entry.keyRange), entry.keyRange),
  );
  return [...own, ...several.sort((left, right) => byCodePoint(left.name, right.name))];
}

/** The name of the only module call of a stack: the stack's own, as an identifier. */
export function moduleNameOf(stackName: string): string {
  return stackName.replaceAll("-", "_");
}

function readCall(reading: StackReading, name: string, node: MapNode, range: Range): ModuleCall {
  const sourceNode = child(node, "module");
  const source = textOf(sourceNode) ?? "";
  const sourceRange = sourceNode?.range ?? range;
  const isOwn = node === reading.definition;
  const inputs = new Map<string, Placed>(
    textOf(child(node, "inputs_from")) === "vars" ? inputsFromVars(reading, source, sourceRange) : [],
  );
  const written = child(node, "inputs");
  for (const [input, entry] of written?.kind === "map" ? written.entries : []) {
    inputs.set(input, {
      value: reading.inTerraform(entry.value),
      node: entry.value,
      keyRange: entry.keyRange,
    });
  }
  const providers = isOwn ? new Map<string, string>() : textEntries(node, "providers");
  return {
    name,
    source,
    sourceRange,
    inputs,
    providers,
    dependsOn: textsOf(child(node, "depends_on")),
    range,
  };
}

function* inputsFromVars(reading: StackReading, source: string, takenBy: Range): Iterable<[string, Placed]> {
  const vars = reading.around.scopes.vars(reading.instance);
  for (const name of reading.around.contracts.get(source)?.inputs.keys() ?? []) {
    const written = vars.written(name);
    const value = vars.get(name);
    if (written && value !== undefined)
      yield [name, { value, node: written.value, keyRange: written.keyRange, takenBy }];
  }
}

/** The entries of a map that hold text. */
export function textEntries(node: MapNode, key: string): Map<string, string> {
  const map = child(node, key);
  const result = new Map<string, string>();
  for (const [name, entry] of map?.kind === "map" ? map.entries : []) {
    const text = textOf(entry.value);
    if (text !== undefined) result.set(name, text);
  }
  return result;
}
