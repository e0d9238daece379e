import { proves } from "../ledger/evidence-entry.ts";
import { StoreMissingError } from "../stores/store-error.ts";
import type { Stack } from "../stacks/stack.ts";
import type { Selection } from "./plan-platform.ts";
import type { RunContext } from "./run-context.ts";

/** A stack whose definition has not been applied and tested where it comes from, and why not. */
export interface UnprovenStack {
  readonly address: string;
  /** The environment that it must be proven in. */
  readonly environment: string;
  readonly reason: string;
}

/**
 * The selected stacks that may not come into their environment yet: an environment with `after` takes a definition
 * only with evidence from the nearest earlier environment that has the stack, on the same kind of target. An optional
 * environment in which the stack was never applied is left out.
 */
export async function findUnproven(
  context: RunContext,
  selection: Selection,
): Promise<readonly UnprovenStack[]> {
  const stacks = selection.addresses.flatMap((address) => context.platform.stackByAddress.get(address) ?? []);
  const found = await Promise.all(
    stacks.map(async (stack) => unprovenIn(context, stack, stack.environment.after)),
  );
  return found.filter((one) => one !== undefined);
}

async function unprovenIn(
  context: RunContext,
  stack: Stack,
  environment: string | undefined,
): Promise<UnprovenStack | undefined> {
  const earlier = environment === undefined ? undefined : context.platform.spec.environments.get(environment);
  if (!earlier) return undefined;
  const twin = context.platform.stacks.find(
    (one) =>
      one.name === stack.name &&
      one.environment.name === earlier.name &&
      one.customer === stack.customer &&
      one.each?.key === stack.each?.key,
  );
  if (!twin) return unprovenIn(context, stack, earlier.after);
  const release = context.manifestByAddress.get(stack.address)?.release ?? "";
  const ledger = await context.ledger(twin);
  const [evidence, entry] = await Promise.all([
    ledger.evidence.read(twin.address, release).catch(noBackend),
    ledger.inventory.read(twin.address).catch(noBackend),
  ]);
  if (evidence && proves(evidence.entry, context.target.identity)) return undefined;
  if (!entry && earlier.isOptional) return unprovenIn(context, stack, earlier.after);
  const elsewhere = Object.keys(evidence?.entry.proofs ?? {}).filter(
    (target) => target !== context.target.identity,
  );
  const reason = evidence
    ? elsewhere.length > 0
      ? `'${twin.address}' was proven on ${elsewhere.join(", ")} only`
      : `the tests of '${twin.address}' have not passed`
    : entry
      ? `what is applied as '${twin.address}' is another definition`
      : `'${twin.address}' was never applied`;
  return { address: stack.address, environment: earlier.name, reason };
}

function noBackend(error: unknown): undefined {
  if (error instanceof StoreMissingError) return undefined;
  throw error;
}
