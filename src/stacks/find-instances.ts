import { suggest } from "../diagnostics/suggest.ts";
import { nearestInstances } from "./nearest-instances.ts";
import type { StackInstance } from "./stack.ts";
import type { Coordinates, FoundInstances, StackPlaces, UnfoundInstances } from "./stack-places.ts";
import { unknownCoordinate } from "./unknown-coordinate.ts";
import { unreachableInstances } from "./unreachable-instances.ts";

/**
 * The instances that a reference means, seen from one stack: the same customer first, then the same environment,
 * then the shared ones. Coordinates reach further.
 */
export function findInstances(
  from: StackInstance,
  name: string,
  coordinates: Coordinates,
  places: StackPlaces,
): FoundInstances {
  const misspelt = unknownCoordinate(coordinates, places);
  if (misspelt) return misspelt;
  const found = search(from, name, coordinates, places);
  return found.status === "bad" && places.unsure.has(name) ? { status: "unsure" } : found;
}

function search(
  from: StackInstance,
  name: string,
  coordinates: Coordinates,
  { instancesByName }: StackPlaces,
): FoundInstances {
  const all = instancesByName.get(name);
  if (!all) return unknownStack(name, [...instancesByName.keys()]);
  const near = nearestInstances(from, all, coordinates);
  if (near.length === 0) return unreachableInstances(from, name, all, coordinates);
  const inKey = coordinates.each === "*" ? near : chooseEach(from, near, coordinates);
  if (coordinates.customer === "*") return byKey(inKey, name, (instance) => instance.customer);
  if (coordinates.each === "*") return byKey(inKey, name, (instance) => instance.each?.key);
  const [only, second] = inKey;
  if (!only) return unknownKey(name, near, coordinates);
  if (second) return ambiguous(name, inKey);
  return { status: "ok", instances: { kind: "one", address: only.address }, found: [only] };
}

function chooseEach(
  from: StackInstance,
  candidates: readonly StackInstance[],
  coordinates: Coordinates,
): readonly StackInstance[] {
  if (coordinates.each !== undefined)
    return candidates.filter((instance) => instance.each?.key === coordinates.each);
  if (from.each === undefined) return candidates;
  const same = candidates.filter(
    (instance) => instance.each === undefined || instance.each.key === from.each?.key,
  );
  return same.length > 0 ? same : candidates;
}

function byKey(
  found: readonly StackInstance[],
  name: string,
  keyOf: (instance: StackInstance) => string | undefined,
): FoundInstances {
  const addressByKey = new Map<string, string>();
  for (const instance of found) {
    const key = keyOf(instance);
    if (key === undefined || addressByKey.has(key)) return ambiguous(name, found);
    addressByKey.set(key, instance.address);
  }
  return { status: "ok", instances: { kind: "each", addressByKey }, found };
}

function unknownStack(name: string, known: readonly string[]): UnfoundInstances {
  const near = suggest(name, known);
  return {
    status: "bad",
    code: "unknown-stack",
    message: `there is no stack '${name}'`,
    hint: near ? `did you mean '${near}'?` : `the stacks are ${known.map((one) => `'${one}'`).join(", ")}`,
  };
}

function unknownKey(
  name: string,
  near: readonly StackInstance[],
  coordinates: Coordinates,
): UnfoundInstances {
  const keys = near.flatMap((instance) => instance.each?.key ?? []);
  if (keys.length === 0)
    return {
      status: "bad",
      code: "unreachable-stack",
      message: `'${name}' has no 'for_each', and is read with each='${coordinates.each ?? ""}'`,
      hint: "leave each='...' out",
    };
  const guess = suggest(coordinates.each ?? "", keys);
  return {
    status: "bad",
    code: "unreachable-stack",
    message: `'${name}' has no key '${coordinates.each ?? ""}'`,
    hint: guess ? `did you mean '${guess}'?` : `its keys are ${keys.map((key) => `'${key}'`).join(", ")}`,
  };
}

function ambiguous(name: string, found: readonly StackInstance[]): UnfoundInstances {
  const addresses = found
    .slice(0, 4)
    .map((instance) => `'${instance.address}'`)
    .join(", ");
  return {
    status: "bad",
    code: "unreachable-stack",
    message: `'${name}' could be any of ${addresses}`,
    hint: "name the one that is meant by environment='...', customer='...' or each='...'",
  };
}
