import type { Coordinates } from "./stack-places.ts";
import type { StackInstance } from "./stack.ts";

/**
 * The instances of one stack that lie nearest to the reader: the same customer first, then the same environment, then
 * the shared ones; coordinates say which instead. There are several where the key of `for_each` is left open.
 */
export function nearestInstances(
  from: StackInstance,
  all: readonly StackInstance[],
  coordinates: Coordinates,
): readonly StackInstance[] {
  const environment = coordinates.environment ?? from.environment.name;
  const there = chooseCustomer(from, grouped(all, byEnvironment).get(environment) ?? [], coordinates);
  if (there.length > 0 || coordinates.environment !== undefined) return there;
  return chooseCustomer(from, grouped(all, byShared).get("true") ?? [], coordinates);
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
