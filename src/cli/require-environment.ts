import type { EnvironmentSpec, PlatformSpec } from "../spec/platform.ts";
import { CommandError, EXIT } from "./exit-codes.ts";

/** The environment of a name that was typed; ends the command where the spec has none. */
export function requireEnvironment(spec: PlatformSpec, name: string): EnvironmentSpec {
  const environment = spec.environments.get(name);
  if (environment) return environment;
  throw new CommandError(
    `there is no environment '${name}'`,
    `the environments are ${[...spec.environments.keys()].map((one) => `'${one}'`).join(", ")}`,
    EXIT.usage,
  );
}
