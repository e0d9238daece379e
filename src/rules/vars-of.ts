import type { SpecNode } from "../spec/node.ts";
import type { PlatformSpec } from "../spec/platform.ts";

/** The `vars` of the platform and of every place in it. */
export function varsOf(spec: PlatformSpec): readonly SpecNode[] {
  const customers = [...spec.customers.values()];
  const places = [
    ...spec.environments.values(),
    ...spec.apps.values(),
    ...customers,
    ...customers.flatMap((one) => [...one.environments.values()]),
  ];
  return [spec.vars, ...places.map((place) => place.vars)];
}
