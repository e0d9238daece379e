import type { Environment } from "../terraform/child-environment.ts";
import { askAnyEmulator } from "./emulator-health.ts";
import { givenEndpoint, type Refusal } from "./given-endpoint.ts";
import { runningEmulator } from "./start-emulator.ts";

/** An emulator that answers. */
export interface FoundEmulator {
  readonly status: "ok";
  readonly endpoint: string;
  /** For people, such as `moto 5.2.1`. */
  readonly version: string;
  /** `given` by PLATC_EMULATOR_ENDPOINT, or the project's `own`. */
  readonly origin: "given" | "own";
  readonly pid?: number;
  /** ISO 8601. */
  readonly startedAt?: string;
}

/** The emulator that PLATC_EMULATOR_ENDPOINT names, else the project's own if it runs; none is started. */
export async function findEmulator(
  projectRoot: string,
  environment: Environment,
): Promise<FoundEmulator | Refusal | undefined> {
  const given = givenEndpoint(environment);
  if (given?.status === "failed") return given;
  if (given) return answering(given.endpoint);
  const running = await runningEmulator(projectRoot);
  if (running?.status !== "ok") return running;
  const { endpoint, pid, startedAt } = running.record;
  return { status: "ok", endpoint, version: running.version, origin: "own", pid, startedAt };
}

async function answering(endpoint: string): Promise<FoundEmulator | Refusal> {
  const health = await askAnyEmulator(endpoint);
  if (health) return { status: "ok", endpoint, version: health.version, origin: "given" };
  return {
    status: "failed",
    message: `No emulator that platc knows answers at ${endpoint}, which PLATC_EMULATOR_ENDPOINT names`,
    hint: "Start it (LocalStack, moto's server), or unset PLATC_EMULATOR_ENDPOINT to let platc start its own.",
  };
}
