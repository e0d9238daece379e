import type { EnvironmentSpec, PlatformSpec } from "../spec/platform.ts";
import { CommandError, EXIT, type ExitCode } from "./exit-codes.ts";

/** The environment of that name; ends the command where the spec has none. */
export function requireEnvironment(
  spec: PlatformSpec,
  name: string,
  exitCode: ExitCode = EXIT.failed,
): EnvironmentSpec {
  const environment = spec.environments.get(name);
  if (environment) return environment;
  throw new CommandError(
    `there is no environment '${name}'`,
    `the environments are ${[...spec.environments.keys()].map((one) => `'${one}'`).join(", ")}`,
    exitCode,
  );
}
