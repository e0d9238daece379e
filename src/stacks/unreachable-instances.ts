import type { DiagnosticCode } from "../diagnostics/codes.ts";
import type { Coordinates, UnfoundInstances } from "./stack-places.ts";
import type { StackInstance } from "./stack.ts";

/** Why no instance of a stack that is there is where the reader looks for it. */
export function unreachableInstances(
  from: StackInstance,
  name: string,
  all: readonly StackInstance[],
  coordinates: Coordinates,
): UnfoundInstances {
  const bad = (
    message: string,
    hint: string,
    code: DiagnosticCode = "unreachable-stack",
  ): UnfoundInstances => ({
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
