import { proves } from "../ledger/evidence-entry.ts";
import { StoreMissingError } from "../stores/store-error.ts";
import type { Platform } from "../stacks/platform-model.ts";
import type { Stack } from "../stacks/stack.ts";
import type { Selection } from "./plan-platform.ts";
import type { RunContext } from "./run-context.ts";

/** How far a stack has been proven before it comes into its environment. */
export type StackProof =
  /** Its environment takes it from no other one. */
  | { readonly status: "first"; readonly address: string }
  /** It is in none of the environments before. */
  | { readonly status: "new"; readonly address: string }
  | { readonly status: "proven"; readonly address: string; readonly by: string }
  | UnprovenStack;

/** A stack whose definition has not been applied and tested where it comes from, and why not. */
export interface UnprovenStack {
  readonly status: "unproven";
  readonly address: string;
  /** The environment that it must be proven in, and its address there. */
  readonly environment: string;
  readonly twin: string;
  readonly reason: string;
  /** Targets that it was proven on; none of them is that of this run. */
  readonly provenOn: readonly string[];
  /** What to do about it, but for the target. */
  readonly remedy: string;
}

/**
 * How far the selected stacks are proven: an environment with `after` takes a definition only with evidence from the
 * nearest earlier environment that has the stack, on the same kind of target. An optional environment in which the
 * stack was never applied is left out.
 */
export async function findProofs(context: RunContext, selection: Selection): Promise<readonly StackProof[]> {
  const stacks = selection.addresses.flatMap((address) => context.platform.stackByAddress.get(address) ?? []);
  return Promise.all(
    stacks.map(async (stack): Promise<StackProof> => {
      if (stack.environment.after === undefined) return { status: "first", address: stack.address };
      return proofIn(context, stack, stack.environment.after);
    }),
  );
}

/** The same stack in another environment. */
function twinIn(platform: Platform, stack: Stack, environment: string): Stack | undefined {
  return platform.stacks.find(
    (one) =>
      one.name === stack.name &&
      one.environment.name === environment &&
      one.customer === stack.customer &&
      one.each?.key === stack.each?.key,
  );
}

async function proofIn(
  context: RunContext,
  stack: Stack,
  environment: string | undefined,
): Promise<StackProof> {
  const { address } = stack;
  const earlier = environment === undefined ? undefined : context.platform.spec.environments.get(environment);
  if (!earlier) return { status: "new", address };
  const twin = twinIn(context.platform, stack, earlier.name);
  if (!twin) return proofIn(context, stack, earlier.after);
  const release = context.manifestByAddress.get(address)?.release ?? "";
  const ledger = await context.ledger(twin);
  const [evidence, entry] = await Promise.all([
    ledger.evidence.read(twin.address, release).catch(noBackend),
    ledger.inventory.read(twin.address).catch(noBackend),
  ]);
  if (evidence && proves(evidence.entry, context.target.identity))
    return { status: "proven", address, by: twin.address };
  if (!entry && earlier.isOptional) return proofIn(context, stack, earlier.after);
  const elsewhere = Object.keys(evidence?.entry.proofs ?? {}).filter(
    (target) => target !== context.target.identity,
  );
  return {
    status: "unproven",
    address,
    environment: earlier.name,
    twin: twin.address,
    provenOn: elsewhere,
    ...whyNot(twin.address, evidence !== undefined, elsewhere, entry !== undefined),
  };
}

function whyNot(
  twin: string,
  hasEvidence: boolean,
  elsewhere: readonly string[],
  isApplied: boolean,
): Pick<UnprovenStack, "reason" | "remedy"> {
  const remedy = `platc apply ${twin}`;
  if (hasEvidence && elsewhere.length > 0)
    return { reason: `'${twin}' was proven on ${elsewhere.join(", ")} only`, remedy };
  if (hasEvidence) return { reason: `the tests of '${twin}' have not passed`, remedy };
  if (isApplied) return { reason: `what is applied as '${twin}' is another definition`, remedy };
  return { reason: `'${twin}' was never applied`, remedy };
}

function noBackend(error: unknown): undefined {
  if (error instanceof StoreMissingError) return undefined;
  throw error;
}
