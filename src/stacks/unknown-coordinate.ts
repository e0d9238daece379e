import { suggest } from "../diagnostics/suggest.ts";
import type { Coordinates, StackPlaces, UnfoundInstances } from "./stack-places.ts";

/** A coordinate that is no environment or customer of the platform. */
export function unknownCoordinate(
  { environment, customer }: Coordinates,
  places: StackPlaces,
): UnfoundInstances | undefined {
  if (environment !== undefined && !places.environments.includes(environment))
    return unknownName("environment", environment, places.environments);
  if (customer !== undefined && customer !== "*" && !places.customers.includes(customer))
    return unknownName("customer", customer, places.customers);
  return undefined;
}

function unknownName(kind: string, name: string, known: readonly string[]): UnfoundInstances {
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
