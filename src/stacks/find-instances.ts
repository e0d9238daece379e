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
  | {
      readonly status: "bad";
      readonly code: DiagnosticCode;
      readonly message: string;
      readonly hint?: string;
    }
  /** Not found, and a mistake that has been reported may be why. */
  | { readonly status: "unsure" };

/** Every stack of the platform and the names that coordinates may have. */
export interface StackPlaces {
  readonly instancesByName: ReadonlyMap<string, readonly StackInstance[]>;
  readonly environments: readonly string[];
  readonly customers: readonly string[];
  /** Names of stacks of which a mistake keeps instances from being known. */
  readonly unsure: ReadonlySet<string>;
}

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
  const near = nearest(from, all, coordinates);
  if (near.length === 0) return unreachable(from, name, all, coordinates);
  const inKey = coordinates.each === "*" ? near : chooseEach(from, near, coordinates);
  if (coordinates.customer === "*") return byKey(inKey, name, (instance) => instance.customer);
  if (coordinates.each === "*") return byKey(inKey, name, (instance) => instance.each?.key);
  const [only, second] = inKey;
  if (!only) return unknownKey(name, near, coordinates);
  if (second) return ambiguous(name, inKey);
  return { status: "ok", instances: { kind: "one", address: only.address }, found: [only] };
}

function unknownCoordinate(
  { environment, customer }: Coordinates,
  places: StackPlaces,
): FoundInstances | undefined {
  if (environment !== undefined && !places.environments.includes(environment))
    return unknownName("environment", environment, places.environments);
  if (customer !== undefined && customer !== "*" && !places.customers.includes(customer))
    return unknownName("customer", customer, places.customers);
  return undefined;
}

function unknownName(kind: string, name: string, known: readonly string[]): FoundInstances {
  const near = suggest(name, known);
  const all =
    known.length > 0
      ? `there are ${known.map((one) => `'${one}'`).join(", ")}`
      : `the platform has no ${kind}`;
  return {
    status: "bad",
    code: "unknown-name",
    message: `there is no ${kind} '${name}'`,
    hint: near ? `did you mean '${near}'?` : all,
  };
}

function unknownKey(name: string, near: readonly StackInstance[], coordinates: Coordinates): FoundInstances {
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

function nearest(
  from: StackInstance,
  all: readonly StackInstance[],
  coordinates: Coordinates,
): readonly StackInstance[] {
  const inEnvironment = environmentsToSearch(from, all, coordinates);
  for (const candidates of inEnvironment) {
    const chosen = chooseCustomer(from, candidates, coordinates);
    if (chosen.length > 0) return chosen;
  }
  return [];
}

function environmentsToSearch(
  from: StackInstance,
  all: readonly StackInstance[],
  coordinates: Coordinates,
): readonly (readonly StackInstance[])[] {
  const inEnvironment = (name: string): readonly StackInstance[] =>
    grouped(all, byEnvironment).get(name) ?? [];
  if (coordinates.environment !== undefined) return [inEnvironment(coordinates.environment)];
  const here = inEnvironment(from.environment.name);
  const shared = grouped(all, byShared)
    .get("true")
    ?.filter((instance) => instance.environment.name !== from.environment.name);
  return [here, shared ?? []];
}

type KeyOf = (instance: StackInstance) => string | undefined;

const byEnvironment: KeyOf = ({ environment }) => environment.name;
const byShared: KeyOf = ({ environment }) => String(environment.isShared);
const byCustomer: KeyOf = ({ customer }) => customer;
const groupsByList = new WeakMap<
  readonly StackInstance[],
  Map<KeyOf, ReadonlyMap<string | undefined, readonly StackInstance[]>>
>();

/** Instances by a key, grouped once for each list: with thousands of customers every reference would look at all of them. */
function grouped(
  instances: readonly StackInstance[],
  keyOf: KeyOf,
): ReadonlyMap<string | undefined, readonly StackInstance[]> {
  const known =
    groupsByList.get(instances) ??
    new Map<KeyOf, ReadonlyMap<string | undefined, readonly StackInstance[]>>();
  groupsByList.set(instances, known);
  const groups = known.get(keyOf);
  if (groups) return groups;
  const made = new Map<string | undefined, StackInstance[]>();
  for (const instance of instances) {
    const group = made.get(keyOf(instance));
    if (group) group.push(instance);
    else made.set(keyOf(instance), [instance]);
  }
  known.set(keyOf, made);
  return made;
}

function chooseCustomer(
  from: StackInstance,
  candidates: readonly StackInstance[],
  coordinates: Coordinates,
): readonly StackInstance[] {
  const wanted = coordinates.customer;
  if (wanted === "*") return candidates.filter((instance) => instance.customer !== undefined);
  if (wanted !== undefined) return candidates.filter((instance) => instance.customer === wanted);
  const byName = grouped(candidates, byCustomer);
  const own = from.customer === undefined ? undefined : byName.get(from.customer);
  return own ?? byName.get(undefined) ?? [];
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

function unreachable(
  from: StackInstance,
  name: string,
  all: readonly StackInstance[],
  coordinates: Coordinates,
): FoundInstances {
  const bad = (
    message: string,
    hint: string,
    code: DiagnosticCode = "unreachable-stack",
  ): FoundInstances => ({
    status: "bad",
    code,
    message,
    hint,
  });
  if (all.length === 0)
    return bad(
      `stack '${name}' is in no environment`,
      "name its environments, or add customers that have it",
    );
  const environments = [...new Set(all.map((instance) => instance.environment))];
  const looked = coordinates.environment ?? from.environment.name;
  const isThere = environments.some(
    (environment) =>
      environment.name === looked || (coordinates.environment === undefined && environment.isShared),
  );
  const written = Object.entries(coordinates)
    .map(([key, value]) => ` ${key}='${String(value)}'`)
    .join("");
  if (isThere && coordinates.customer === undefined)
    return bad(
      `'${name}' is one stack per customer, and '${from.address}' does not say which`,
      "name it: customer='...', or customer='*' for a map over all",
    );
  if (isThere && coordinates.customer === "*")
    return bad(`'${name}' is not one stack per customer`, "leave customer='*' out");
  if (isThere) {
    const customers = all
      .filter((one) => one.environment.name === looked)
      .flatMap((one) => one.customer ?? []);
    const hint =
      customers.length > 0
        ? `it is there for ${[...new Set(customers)].map((one) => `'${one}'`).join(", ")}`
        : "leave customer='...' out";
    return bad(`'${name}' is not there for customer '${coordinates.customer ?? ""}' in '${looked}'`, hint);
  }
  const where = environments.map((one) => `'${one.name}'`).join(", ");
  if (coordinates.environment !== undefined)
    return bad(`stack '${name}' is not in environment '${coordinates.environment}'`, `it is in ${where}`);
  return bad(
    `'${name}' is not where '${from.address}' looks for it: it is in ${where}`,
    `if another environment is meant, say so: {{outputs.${name}.OUTPUT${written} environment='${environments[0]?.name ?? ""}'}}; or add '${looked}' to the environments of '${name}'`,
    "foreign-environment",
  );
}
