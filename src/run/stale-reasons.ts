import { consumedValues } from "./output-views.ts";
import type { RunContext } from "./run-context.ts";
import type { StackKnowledge } from "./stack-knowledge.ts";
import type { OutputView } from "./stack-plan.ts";
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
  return whyStale({
    entry: entry?.entry,
    state,
    manifest,
    target: context.target.kind,
    consumed: consumedValues(stack, viewByAddress),
    variables,
    isRefreshAsked,
    refreshesAlways: stack.refreshesAlways,
  });
}
