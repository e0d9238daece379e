import type { Environment } from "../terraform/child-environment.ts";
import { emulatedAws } from "./emulated-aws.ts";
import { findEmulator } from "./find-emulator.ts";
import type { Refusal } from "./given-endpoint.ts";
import { startEmulator } from "./start-emulator.ts";
import type { Target } from "./target.ts";

export interface OpenEmulatorRequest {
  readonly projectRoot: string;
  readonly environment: Environment;
  /** Takes sentences about what takes a while. */
  readonly tell: (message: string) => void;
}

export interface OpenEmulator {
  readonly status: "ok";
  readonly target: Target;
  readonly endpoint: string;
}

/** The target of a local AWS: the one that PLATC_EMULATOR_ENDPOINT names, else the project's own, started if need be. */
export async function openEmulator(request: OpenEmulatorRequest): Promise<OpenEmulator | Refusal> {
  const { projectRoot, environment } = request;
  const found = await findEmulator(projectRoot, environment);
  if (found?.status === "failed") return found;
  if (found) return opened(found.endpoint, found.version, environment);
  const started = await startEmulator(request);
  if (started.status === "failed") return started;
  return opened(started.record.endpoint, started.version, environment);
}

function opened(endpoint: string, version: string, environment: Environment): OpenEmulator {
  return { status: "ok", target: emulatorTarget(endpoint, version, environment), endpoint };
}

/** The target of an emulator at an endpoint. */
export function emulatorTarget(endpoint: string, version: string, environment: Environment): Target {
  return {
    kind: "emulator",
    identity: "emulator",
    description: `the emulator at ${endpoint} (${version})`,
    isAwsEmulated: true,
    additions: emulatedAws(endpoint, environment),
  };
}
