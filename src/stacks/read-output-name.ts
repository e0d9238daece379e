import type { Range } from "../source/source.ts";
import { child } from "../spec/node.ts";
import type { NameResult } from "../templates/scope.ts";
import { computed, INVALID, type Value } from "../templates/value.ts";
import { findInstances } from "./find-instances.ts";
import type { Coordinates, StackPlaces } from "./stack-places.ts";
import type { StackInstance } from "./stack.ts";

const COORDINATES = ["environment", "customer", "each"];

/** How one stack reads `outputs.STACK.OUTPUT`, or `outputs.STACK.CALL.OUTPUT` where the stack has several module calls. */
export function readOutputName(from: StackInstance, places: StackPlaces) {
  return (path: readonly string[], written: ReadonlyMap<string, Value>, range: Range): NameResult => {
    const coordinates = readCoordinates(written);
    if ("status" in coordinates) return coordinates;
    const [stack = "", ...rest] = path;
    if (stack === "") return noOutput("'outputs' names no stack", "write {{outputs.STACK.OUTPUT}}");
    const found = findInstances(from, stack, coordinates, places);
    if (found.status === "unsure") return { status: "ok", value: INVALID };
    if (found.status === "bad") return found;
    const [first] = found.found;
    const chosen = first && chooseOutput(first, rest);
    if (!chosen) {
      const name = `outputs.${path.join(".")}`;
      return noOutput(`'${name}' names no output`, `write {{${name}.OUTPUT}}`);
    }
    return {
      status: "ok",
      value: computed({ kind: "output", instances: found.instances, ...chosen, range }),
    };
  };
}

/** How a check reads the outputs of its own stack. */
export function readSelfName(instance: StackInstance) {
  return (path: readonly string[], range: Range): NameResult => {
    const chosen = chooseOutput(instance, path);
    if (!chosen) return noOutput(`'${["self", ...path].join(".")}' names no output`, "write {{self.OUTPUT}}");
    return { status: "ok", value: computed({ kind: "self", ...chosen, range }) };
  };
}

/** The output that a path names, and the path into its value. */
export function chooseOutput(
  instance: Pick<StackInstance, "definition">,
  path: readonly string[],
): { readonly output: string; readonly path: readonly string[] } | undefined {
  const [first, second] = path;
  if (first === undefined) return undefined;
  const isCall = child(child(instance.definition, "modules"), first) !== undefined;
  if (!isCall) return { output: first, path: path.slice(1) };
  return second === undefined ? undefined : { output: `${first}_${second}`, path: path.slice(2) };
}

function readCoordinates(
  written: ReadonlyMap<string, Value>,
): Coordinates | Extract<NameResult, { status: "bad" }> {
  const result: Record<string, string> = {};
  for (const [key, value] of written) {
    const isKnownKey = COORDINATES.includes(key);
    if (isKnownKey && typeof value === "string") result[key] = value;
    else {
      return {
        status: "bad",
        code: "wrong-arguments",
        message: isKnownKey
          ? `'${key}' must be text that is known at compile time`
          : `'${key}' is no coordinate of an output`,
        hint: "coordinates are environment='...', customer='...' and each='...'",
      };
    }
  }
  return result;
}

function noOutput(message: string, hint: string): NameResult {
  return { status: "bad", code: "unknown-output", message, hint };
}
