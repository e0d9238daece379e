import { mergeValue } from "../plans/merge-value.ts";
import { partialToJson } from "../plans/partial-json.ts";
import { plannedOutputs } from "../plans/planned-outputs.ts";
import { sameValue } from "../plans/same-value.ts";
import { NULL_VALUE, type PartialValue, UNKNOWN_VALUE } from "../plans/value.ts";
import type { Json } from "../plans/json.ts";
import { withCollections } from "../plans/with-collections.ts";
import { stackOutputs } from "../stacks/stack-outputs.ts";
import type { Stack } from "../stacks/stack.ts";
import type { StateFile } from "../stores/state-file.ts";
import { isSameDefinition } from "./is-same-definition.ts";
import type { RunContext } from "./run-context.ts";
import type { StackKnowledge } from "./stack-knowledge.ts";
import type { OutputView, StackPlan } from "./stack-plan.ts";

/** The outputs that a state holds, with their marks and types. */
export function stateOutputs(state: StateFile | undefined): ReadonlyMap<string, PartialValue> {
  const entries = [...(state?.outputs ?? [])].map(([name, output]) => {
    const value = withCollections(
      mergeValue({ value: output.value, sensitive: output.sensitive }),
      output.type,
    );
    return [name, value] as const;
  });
  return new Map(entries);
}

/** How dependents see a stack of which nothing is known. */
export const UNKNOWN_VIEW: OutputView = { isApplied: false, isWhole: false, outputs: undefined };

/**
 * How dependents see a stack that stays as it is: what its state holds, or nothing where it is not applied. Only
 * where the state is that of the definition as it is now, what it lacks is null.
 */
export function appliedView(
  context: RunContext,
  address: string,
  { entry, state }: Pick<StackKnowledge, "entry" | "state">,
): OutputView {
  if (!state) return UNKNOWN_VIEW;
  const isWhole =
    entry !== undefined &&
    isSameDefinition(context, address, entry.entry) &&
    entry.entry.state?.lineage === state.lineage &&
    entry.entry.state.serial === state.serial;
  // A destroy leaves an empty state behind, which holds no outputs for anybody.
  const isEmpty = state.outputs.size === 0 && state.resources.length === 0;
  return isEmpty && !isWhole ? UNKNOWN_VIEW : { isApplied: true, isWhole, outputs: stateOutputs(state) };
}

/** How dependents see a stack's outputs after its plan. */
export function viewOfPlan(plan: StackPlan): OutputView {
  switch (plan.status) {
    case "up-to-date":
      return heldView(plan.knowledge);
    case "planned":
      return plan.hasChanges || plan.knowledge.moving
        ? { isApplied: false, isWhole: true, outputs: plannedOutputs(plan.plan) }
        : heldView(plan.knowledge);
    default:
      return UNKNOWN_VIEW;
  }
}

/** What a state holds that is known to be as the definition says now. */
function heldView({ state }: StackKnowledge): OutputView {
  return { isApplied: true, isWhole: true, outputs: stateOutputs(state) };
}

/** One consumed output of an upstream; a null output of Terraform is in no state, and is null. */
export function outputOf(view: OutputView | undefined, output: string): PartialValue {
  return view?.outputs?.get(output) ?? (view?.outputs && view.isWhole ? NULL_VALUE : UNKNOWN_VALUE);
}

/** Consumed outputs, `<address>#<output>`, with their values as far as they are known. */
export function consumedValues(
  stack: Stack,
  views: ReadonlyMap<string, OutputView>,
): ReadonlyMap<string, Json | undefined> {
  return new Map(
    stack.consumed.map(
      ({ address, output }) =>
        [`${address}#${output}`, partialToJson(outputOf(views.get(address), output))] as const,
    ),
  );
}

/**
 * The upstreams whose outputs have to stand in: those whose state does not hold the values that this stack reads.
 * An upstream that changes in other ways is read from its state.
 */
export function overlaidUpstreams(
  stack: Stack,
  views: ReadonlyMap<string, OutputView>,
  stateByAddress: ReadonlyMap<string, StateFile | undefined>,
): readonly string[] {
  const overlaid = new Set<string>();
  for (const { address, output } of stack.consumed) {
    const view = views.get(address);
    if (view?.isApplied && (view.isWhole || view.outputs?.has(output))) continue;
    const state = stateByAddress.get(address);
    const applied = outputOf({ isApplied: true, isWhole: true, outputs: stateOutputs(state) }, output);
    const isSame = state !== undefined && sameValue(applied, outputOf(view, output));
    if (!isSame) overlaid.add(address);
  }
  return [...overlaid].sort();
}

/** What the overlay holds for an upstream: its planned outputs, or all of them unknown. */
export function overlayOutputs(
  context: RunContext,
  address: string,
  view: OutputView | undefined,
): ReadonlyMap<string, PartialValue> {
  const upstream = context.platform.stackByAddress.get(address);
  const declared = upstream ? [...stackOutputs(upstream, context.platform.contracts)] : [];
  return new Map(
    declared.map(([name, { isSensitive }]) => {
      const value = outputOf(view, name);
      return [name, isSensitive ? { ...value, sensitive: true as const } : value] as const;
    }),
  );
}
