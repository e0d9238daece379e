import { knownValues } from "./known-values.ts";
import { appliedView, consumedValues, outputOf } from "./output-views.ts";
import type { RunContext } from "./run-context.ts";
import type { StackKnowledge } from "./stack-knowledge.ts";
import type { OutputView } from "./stack-plan.ts";
import { type StepFacts, stepReasons } from "./step-reasons.ts";
import { whyStale } from "./why-stale.ts";

/** What decides whether a stack has to run: what is known of it, and how its upstreams look. */
export interface StalenessRequest {
  readonly knowledge: StackKnowledge;
  readonly viewByAddress: ReadonlyMap<string, OutputView>;
  readonly isRefreshAsked: boolean;
}

/** Why a stack has to run, one sentence for each reason; empty where it is up to date. */
export function staleReasons(
  context: RunContext,
  { knowledge, viewByAddress, isRefreshAsked }: StalenessRequest,
): readonly string[] {
  const { stack, entry, state, moving } = knowledge;
  if (moving) return [`its state is carried over from '${moving.from}'`];
  const manifest = context.manifestByAddress.get(stack.address);
  if (!manifest) return ["it is not in the manifest"];
  const variables = new Map(
    stack.variables.flatMap((name) => {
      const value = context.variable(name);
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
  const stale = whyStale({
    entry: entry?.entry,
    state,
    manifest,
    target: context.target.kind,
    consumed: consumedValues(stack, viewByAddress),
    variables,
    isRefreshAsked,
    refreshesAlways: stack.refreshesAlways,
    // What failed before a change is not the change's.
    looksAgain: context.command !== "rehearse",
  });
  const own = appliedView(context, stack.address, knowledge).outputs;
  return [...new Set([...stale, ...reasonsOfSteps(context, { knowledge, viewByAddress }, own)])];
}

/** Why steps of a stack have to run, by what their upstreams and the stack itself are or will be. */
function reasonsOfSteps(
  context: RunContext,
  request: Omit<StalenessRequest, "isRefreshAsked">,
  own: OutputView["outputs"],
): readonly string[] {
  if (request.knowledge.stack.steps.length === 0) return [];
  return [...stepReasons(context, stepFacts(context, request, own)).values()].flat();
}

/** What decides whether the steps of a stack have to run; its own outputs are as they are, or as a plan says. */
export function stepFacts(
  context: RunContext,
  { knowledge, viewByAddress }: Omit<StalenessRequest, "isRefreshAsked">,
  own: OutputView["outputs"],
): StepFacts {
  const { stack, steps } = knowledge;
  const outputs = (address: string, output: string) => outputOf(viewByAddress.get(address), output);
  return { stack, entry: steps?.entry, known: knownValues(context, own ?? new Map(), outputs) };
}
