import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { child } from "../spec/node.ts";
import type { EnvironmentSpec } from "../spec/platform.ts";
import type { SpecRule } from "./rule.ts";

/** No environment is promoted from itself by way of others. */
export const acyclicPromotion: SpecRule = ({ environments }) => {
  const found: Diagnostic[] = [];
  const told = new Set<string>();
  for (const environment of environments.values()) {
    const cycle = cycleFrom(environment, environments);
    const [first] = cycle;
    if (!first || cycle.some(({ name }) => told.has(name))) continue;
    for (const { name } of cycle) told.add(name);
    const placeOf = (one: EnvironmentSpec) => child(one.node, "after")?.range ?? one.range;
    found.push({
      code: "promotion-cycle",
      severity: "error",
      message: `environments are promoted in a circle: ${[...cycle, first].map(({ name }) => `'${name}'`).join(" → ")}`,
      hint: "the environment that comes first has no 'after'",
      range: placeOf(first),
      related: cycle
        .slice(1)
        .map((one) => ({ message: `'${one.name}' comes after '${one.after ?? ""}'`, range: placeOf(one) })),
    });
  }
  return found;
};

/** The environments on the circle that `after` leads through back to the given one; none where it does not. */
function cycleFrom(
  start: EnvironmentSpec,
  environments: ReadonlyMap<string, EnvironmentSpec>,
): readonly EnvironmentSpec[] {
  const path: EnvironmentSpec[] = [];
  let at: EnvironmentSpec | undefined = start;
  while (at && !path.includes(at)) {
    path.push(at);
    at = at.after === undefined ? undefined : environments.get(at.after);
  }
  return at === start ? path : [];
}
