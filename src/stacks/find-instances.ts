import { suggest } from "../diagnostics/suggest.ts";
import type { DiagnosticCode } from "../diagnostics/codes.ts";
import type { OutputInstances } from "../templates/value.ts";
import type { StackInstance } from "./stack.ts";

/** Where to look for another stack: coordinates that were written; those left out are the reader's own. */
export interface Coordinates {
  readonly environment?: string;
  /** A customer's name, or `*` for all of them. */
  readonly customer?: string;
  /** A key of `for_each`, or `*` for all of them. */
  readonly each?: string;
}

export type FoundInstances =
  | { readonly status: "ok"; readonly instances: OutputInstances; readonly found: readonly StackInstance[] }
  | { readonly status: "bad"; readonly code: DiagnosticCode; readonly message: string; readonly hint?: string };

/** All instances of the platform by the name of their stack. */
export type InstancesByName = ReadonlyMap<string, readonly StackInstance[]>;

/**
 * The instances that a reference means, seen from one stack: the same customer first, then the same environment,
 * then the shared ones. Coordinates reach further.
 */
export function findInstances(
  from: StackInstance,
  name: string,
  coordinates: Coordinates,
  instancesByName: InstancesByName,
): FoundInstances {
  const all = instancesByName.get(name);
  if (!all) return unknownStack(name, [...instancesByName.keys()]);
  const near = nearest(from, all, coordinates);
  if (near.length === 0) return unreachable(from, name, all, coordinates);
  if (coordinates.customer === "*") return byKey(near, name, (instance) => instance.customer);
  const inKey = chooseEach(from, near, coordinates);
  if (coordinates.each === "*") return byKey(near, name, (instance) => instance.each?.key);
  const [only, second] = inKey;
  if (!only) return unreachable(from, name, near, coordinates);
  if (second) return ambiguous(name, inKey);
  return { status: "ok", instances: { kind: "one", address: only.address }, found: [only] };
}

function nearest(from: StackInstance, all: readonly StackInstance[], coordinates: Coordinates): readonly StackInstance[] {
  const inEnvironment = environmentsToSearch(from, all, coordinates);
  for (const candidates of inEnvironment) {
    const chosen = chooseCustomer(from, candidates, coordinates);
    if (chosen.length > 0) return chosen;
  }
  return [];
}

function environmentsToSearch(from: StackInstance, all: readonly StackInstance[], coordinates: Coordinates): StackInstance[][] {
  if (coordinates.environment !== undefined) {
    return [all.filter((instance) => instance.environment.name === coordinates.environment)];
  }
  const here = all.filter((instance) => instance.environment.name === from.environment.name);
  const shared = all.filter((instance) => instance.environment.isShared && instance.environment.name !== from.environment.name);
  return [here, shared];
}

function chooseCustomer(from: StackInstance, candidates: readonly StackInstance[], coordinates: Coordinates): readonly StackInstance[] {
  const wanted = coordinates.customer;
  if (wanted === "*") return candidates.filter((instance) => instance.customer !== undefined);
  if (wanted !== undefined) return candidates.filter((instance) => instance.customer === wanted);
  const own = candidates.filter((instance) => instance.customer !== undefined && instance.customer === from.customer);
  return own.length > 0 ? own : candidates.filter((instance) => instance.customer === undefined);
}

function chooseEach(from: StackInstance, candidates: readonly StackInstance[], coordinates: Coordinates): readonly StackInstance[] {
  if (coordinates.each !== undefined) return candidates.filter((instance) => instance.each?.key === coordinates.each);
  if (from.each === undefined) return candidates;
  const same = candidates.filter((instance) => instance.each === undefined || instance.each.key === from.each?.key);
  return same.length > 0 ? same : candidates;
}

function byKey(found: readonly StackInstance[], name: string, keyOf: (instance: StackInstance) => string | undefined): FoundInstances {
  const addressByKey = new Map<string, string>();
  for (const instance of found) {
    const key = keyOf(instance);
    if (key === undefined || addressByKey.has(key)) return ambiguous(name, found);
    addressByKey.set(key, instance.address);
  }
  return { status: "ok", instances: { kind: "each", addressByKey }, found };
}

function unknownStack(name: string, known: readonly string[]): FoundInstances {
  const near = suggest(name, known);
  return {
    status: "bad",
    code: "unknown-stack",
    message: `there is no stack '${name}'`,
    hint: near ? `did you mean '${near}'?` : `the stacks are ${known.map((one) => `'${one}'`).join(", ")}`,
  };
}

function ambiguous(name: string, found: readonly StackInstance[]): FoundInstances {
  const addresses = found.slice(0, 4).map((instance) => `'${instance.address}'`).join(", ");
  return {
    status: "bad",
    code: "unreachable-stack",
    message: `'${name}' could be any of ${addresses}`,
    hint: "name the one that is meant by environment='...', customer='...' or each='...'",
  };
}

function unreachable(from: StackInstance, name: string, all: readonly StackInstance[], coordinates: Coordinates): FoundInstances {
  const elsewhere = [...new Set(all.filter((instance) => !instance.environment.isShared).map((instance) => instance.environment.name))];
  const isHere = elsewhere.includes(coordinates.environment ?? from.environment.name);
  if (all.length === 0) return { status: "bad", code: "unreachable-stack", message: `stack '${name}' is in no environment` };
  if (isHere && coordinates.customer === undefined) {
    return {
      status: "bad",
      code: "unreachable-stack",
      message: `'${name}' is one stack per customer or key, and '${from.address}' does not say which`,
      hint: "name it: customer='...', customer='*' for a map over all, or each='...'",
    };
  }
  const isForeign = !isHere && coordinates.environment === undefined;
  return {
    status: "bad",
    code: isForeign ? "foreign-environment" : "unreachable-stack",
    message: `'${name}' is not where '${from.address}' looks for it: it is in ${elsewhere.map((one) => `'${one}'`).join(", ") || "shared environments only"}`,
    hint: isForeign
      ? `if another environment is meant, say so: {{outputs.${name}. ... environment='${elsewhere[0] ?? ""}'}}`
      : "coordinates are environment='...', customer='...' and each='...'",
  };
}
