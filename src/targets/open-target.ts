import type { Environment } from "../terraform/child-environment.ts";
import { cloudTarget } from "./cloud-target.ts";
import type { Refusal } from "./given-endpoint.ts";
import type { Target } from "./target.ts";

export interface OpenTargetRequest {
  /** A rehearsal is opened with its platform: `openRehearsal`. */
  readonly kind: Exclude<Target["kind"], "rehearsal">;
  readonly projectRoot: string;
  readonly environment: Environment;
  /** Takes sentences about what takes a while, such as the start of the emulator. */
  readonly tell: (message: string) => void;
}

export interface OpenedTarget {
  readonly status: "ok";
  readonly target: Target;
}

/** Opens what a run works against; an emulator that does not run yet is started. */
export async function openTarget(request: OpenTargetRequest): Promise<OpenedTarget | Refusal> {
  if (request.kind === "cloud") return { status: "ok", target: cloudTarget() };
  const { openEmulator } = await import("./emulator-target.ts");
  return openEmulator(request);
}
