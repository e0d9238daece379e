import { type BackendStatus, backendPlace } from "../run/bootstrap.ts";
import type { RunContext } from "../run/run-context.ts";
import { refuseOtherTarget } from "./refuse-other-target.ts";

/** Refuses state backends that were made, or begun, on another target, before anything is started. */
export async function refuseOtherBackend(
  context: RunContext,
  backends: readonly BackendStatus[],
): Promise<void> {
  const places = await Promise.all(
    backends.map(async (one) => [one.stack.address, await backendPlace(context, one)] as const),
  );
  refuseOtherTarget(context, new Map(places));
}
