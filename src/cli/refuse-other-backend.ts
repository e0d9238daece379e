import { type BackendStatus, backendPlace } from "../run/bootstrap.ts";
import type { RunContext } from "../run/run-context.ts";
import { type GiveUp, refuseOtherTarget } from "./refuse-other-target.ts";

/** Refuses state backends that were made, or begun, on another target, before anything is started. */
export async function refuseOtherBackend(
  context: RunContext,
  backends: readonly BackendStatus[],
): Promise<void> {
  for (const isThere of [true, false]) {
    const places = await Promise.all(
      backends
        .filter((one) => one.isThere === isThere)
        .map(async (one) => [one.stack.address, await backendPlace(context, one)] as const),
    );
    refuseOtherTarget(context, new Map(places), isThere ? giveUpMade : giveUpBegun);
  }
}

/** Destroy leaves it, since it holds states. */
const giveUpMade: GiveUp = (kind) =>
  kind === "emulator"
    ? "to begin anew here, give the environment another state backend"
    : "what is tried on the emulator needs an environment of its own, or states in its s3";

/** No state lies in it yet. */
const giveUpBegun: GiveUp = (kind, addresses) =>
  `to begin anew here, first 'platc destroy ${addresses} --target ${kind}' gives up what was begun there`;
