import { type OtherTarget, otherTarget, type TargetedState } from "../run/other-target.ts";
import type { RunContext } from "../run/run-context.ts";
import { CommandError } from "./exit-codes.ts";

const ON = { cloud: "in the cloud", emulator: "on the emulator" } as const;

interface Elsewhere extends OtherTarget {
  readonly address: string;
}

/** How to be rid of what is applied on the other target: the end of a hint. */
export type GiveUp = (kind: OtherTarget["kind"], addresses: string) => string;

/**
 * Refuses states of another target that name what exists there alone, before anything is started; says of the others
 * that they were applied elsewhere.
 */
export function refuseOtherTarget(
  context: RunContext,
  stateByAddress: ReadonlyMap<string, TargetedState>,
  giveUp: GiveUp = giveUpStacks,
): void {
  const found = [...stateByAddress].flatMap(([address, one]): readonly Elsewhere[] => {
    const other = otherTarget(context, one);
    return other ? [{ address, ...other }] : [];
  });
  for (const kind of ["emulator", "cloud"] as const) {
    const there = found.filter((one) => one.kind === kind);
    const bound = there.filter(({ isBound }) => isBound);
    if (bound.length > 0) throw refusal(context, kind, bound, giveUp);
    if (there.length === 0) continue;
    context.tell({
      kind: "note",
      message: `${namesOf(there)} ${wasOrWere(there)} applied ${ON[kind]} last; this run is against the ${context.target.kind}`,
      hint: `'--target ${kind}' goes on there`,
    });
  }
}

function refusal(
  { target }: RunContext,
  kind: Elsewhere["kind"],
  stacks: readonly Elsewhere[],
  giveUp: GiveUp,
): CommandError {
  const addresses = stacks.map(({ address }) => address).join(" ");
  return new CommandError(
    `${namesOf(stacks)} ${wasOrWere(stacks)} applied ${ON[kind]}, and the state names what exists there alone: nothing was started against the ${target.kind}`,
    `run this with '--target ${kind}'; ${giveUp(kind, addresses)}`,
  );
}

function giveUpStacks(kind: OtherTarget["kind"], addresses: string): string {
  return kind === "emulator"
    ? `to begin anew here, first 'platc destroy ${addresses} --target emulator', also where the emulator has forgotten it`
    : "what is tried on the emulator needs an environment of its own, or states in its s3";
}

function namesOf(stacks: readonly Elsewhere[]): string {
  return stacks.map(({ address }) => `'${address}'`).join(", ");
}

function wasOrWere({ length }: readonly Elsewhere[]): string {
  return length === 1 ? "was" : "were";
}
