import type { Stamped } from "../ledger/entry.ts";
import type { InventoryEntry } from "../ledger/inventory-entry.ts";
import { comparePlans, type PlanDifference } from "../plans/compare-plans.ts";
import { failedAssertions } from "../plans/failed-assertions.ts";
import { summarisePlan } from "../plans/summarise-plan.ts";
import type { TargetKind } from "../spec/platform.ts";
import type { Stack } from "../stacks/stack.ts";
import type { StateFile } from "../stores/state-file.ts";
import { carryState } from "./carry-state.ts";
import { removePendingImports } from "./pending-imports.ts";
import { heldOutcome } from "./held-step.ts";
import { isFinalPlan, planStack } from "./plan-stack.ts";
import { planOutcome } from "./plan-platform.ts";
import { recordInventory } from "./record-inventory.ts";
import type { RunContext } from "./run-context.ts";
import type { StackOutcome } from "./run-event.ts";
import { readKnowledge, type StackKnowledge } from "./stack-knowledge.ts";
import type { PlannedStep } from "./planned-step.ts";
import { isChanging, type OutputView, type PlannedStack, type StackPlan } from "./stack-plan.ts";
import { stackPlanned } from "./stack-planned.ts";
import { stackTerraform } from "./stack-terraform.ts";
import { testedHere } from "./tested-here.ts";
import { failedApply, takenMeanwhile, tellWhoIsThere } from "./taken-stack.ts";

/** What a stack that was not fully shown, or that came out otherwise, asks before it is applied. */
export interface ApplyQuestion {
  readonly address: string;
  readonly reason: "deferred" | "changed";
  /** For "changed": what is not as it was approved. */
  readonly differences: readonly PlanDifference[];
  readonly planned: PlannedStack;
}

export type Answer =
  | { readonly status: "approved" }
  | { readonly status: "rejected" }
  | {
      readonly status: "waiting";
      readonly approval: string;
      /** Where `platc approve` has to look for it, where it would not look there by itself. */
      readonly target?: TargetKind;
    };

export interface ApplyStackRequest {
  readonly stack: Stack;
  /** What was shown and approved of this stack. */
  readonly shown: StackPlan;
  /** What upstreams really are, now that they are applied. */
  readonly viewByAddress: ReadonlyMap<string, OutputView>;
  readonly stateByAddress: ReadonlyMap<string, StateFile | undefined>;
  readonly isRefreshAsked: boolean;
  readonly hashKey: string;
  readonly ask: (question: ApplyQuestion) => Promise<Answer>;
}

/** How it ended for a stack, and its state afterwards. */
export interface AppliedStack {
  readonly outcome: StackOutcome;
  readonly state: StateFile | undefined;
  readonly entry: Stamped<InventoryEntry> | undefined;
  /** Steps beside Terraform that were approved with it, and have not run yet. */
  readonly steps: readonly PlannedStep[];
}

/** Applies one stack at its turn: the very plan that was shown, or a new one that what was shown covers. */
export async function applyStack(context: RunContext, request: ApplyStackRequest): Promise<AppliedStack> {
  const { stack, shown } = request;
  if (shown.status === "failed" || shown.status === "blocked" || shown.status === "interrupted")
    return ended(planOutcome(shown), undefined);
  const knowledge = await readKnowledge(context, stack);
  const held = heldOutcome(context, knowledge.steps?.entry);
  if (held) return ended(held, knowledge);
  if (knowledge.moving) {
    await carryState(context, stack, knowledge.moving);
    return applyAgain(context, request, await readKnowledge(context, stack));
  }
  if (knowledge.entry?.version !== shown.knowledge.entry?.version)
    return ended(await takenMeanwhile(context, stack), knowledge);
  const isFinal =
    shown.status === "planned" &&
    isFinalPlan(shown.knowledge, shown.overlaidBy) &&
    isSameState(shown.knowledge.state, knowledge.state);
  return isFinal ? applyPlanned(context, request, shown) : applyAgain(context, request, knowledge);
}

/** Whether a state is still the one that was planned against; Terraform would call the plan stale. */
function isSameState(planned: StateFile | undefined, now: StateFile | undefined): boolean {
  return planned?.lineage === now?.lineage && planned?.serial === now?.serial;
}

/** Plans anew against the real upstreams and goes on only if what was shown covers what came. */
async function applyAgain(
  context: RunContext,
  request: ApplyStackRequest,
  knowledge: StackKnowledge,
): Promise<AppliedStack> {
  const { stack, shown, viewByAddress, stateByAddress, isRefreshAsked, hashKey } = request;
  const isRefreshed = shown.status === "up-to-date" ? false : isRefreshAsked;
  const again = await planStack(context, {
    knowledge,
    viewByAddress,
    stateByAddress,
    pending: [],
    isRefreshAsked: isRefreshed,
    hashKey,
  });
  if (again.status === "deferred") return ended(notKnown(again.reason), knowledge);
  if (again.status !== "planned") return ended(planOutcome(again), knowledge);
  if (again.overlaidBy.length > 0) {
    const upstreams = again.overlaidBy.map((address) => `'${address}'`).join(", ");
    return ended(notKnown(`it reads ${upstreams}, which is not applied as it is now defined`), knowledge);
  }
  if (!isChanging(again)) return applyPlanned(context, request, again);
  const differences = [
    ...comparePlans(shown.status === "planned" ? shown.approval : { changes: [] }, again.approval),
    ...unshownSteps(again, shown.status === "planned" ? shown.steps : []),
  ];
  if (shown.status === "deferred" || differences.length > 0) {
    const question: ApplyQuestion = {
      address: stack.address,
      reason: shown.status === "deferred" ? "deferred" : "changed",
      differences,
      planned: again,
    };
    tellPlanAgain(context, stack, again);
    const answer = await request.ask(question);
    if (answer.status !== "approved") return ended(unapproved(question, answer), knowledge);
  }
  return applyPlanned(context, request, again);
}

/** Steps that would run and were not shown. */
function unshownSteps({ steps }: PlannedStack, shown: readonly PlannedStep[]): readonly PlanDifference[] {
  return steps
    .filter(({ name }) => !shown.some((one) => one.name === name))
    .map(({ name }) => ({ address: "", path: "", message: `its step '${name}' was not shown` }));
}

async function applyPlanned(
  context: RunContext,
  request: ApplyStackRequest,
  planned: PlannedStack,
): Promise<AppliedStack> {
  const { stack, viewByAddress } = request;
  const { entry, state } = planned.knowledge;
  const terraform = stackTerraform(context, stack);
  if (!planned.hasChanges) {
    await terraform.removePlan();
    const recorded = await recordInventory(context, {
      stack,
      previous: entry,
      status: "complete",
      state,
      viewByAddress,
      failedAssertions: failedAssertions(planned.plan),
      // Tests speak of a definition on a target: another one is tested anew, though its plan changes nothing.
      tested: testedHere(context, stack.address, entry?.entry),
    });
    return { outcome: { status: "unchanged" }, state, entry: recorded, steps: planned.steps };
  }
  await tellWhoIsThere(context, planned.knowledge);
  const begun = await recordInventory(context, {
    stack,
    previous: entry,
    status: "incomplete",
    state,
    viewByAddress,
    tested: null,
  });
  const outcome = await terraform.apply("apply");
  const after = await readKnowledge(context, stack);
  if (outcome.status === "failed")
    return {
      outcome: await failedApply(context, planned.knowledge, outcome),
      state: after.state,
      entry: begun,
      steps: [],
    };
  await removePendingImports(context.root, context.platform.spec.name, stack.address);
  const recorded = await recordInventory(context, {
    stack,
    previous: begun,
    status: "complete",
    state: after.state,
    viewByAddress,
    tested: null,
  });
  return {
    outcome: { status: "applied", summary: summarisePlan(planned.plan) },
    state: after.state,
    entry: recorded,
    steps: planned.steps,
  };
}

/** What cannot be planned even at its turn has an upstream that is not part of the run. */
function notKnown(reason: string): StackOutcome {
  return {
    status: "failed",
    message: `it cannot be applied: ${reason}`,
    hint: "select its upstreams too, as in '...address'",
    details: [],
  };
}

function tellPlanAgain(context: RunContext, stack: Stack, planned: PlannedStack): void {
  context.tell(
    stackPlanned(stack.address, planned.plan, { findings: planned.findings, steps: planned.steps }),
  );
}

function unapproved(question: ApplyQuestion, answer: Exclude<Answer, { status: "approved" }>): StackOutcome {
  const what =
    question.reason === "deferred"
      ? "its plan could be made only now, and nobody has approved it"
      : "its plan is not what was approved";
  if (answer.status === "waiting") return { ...answer, reason: what };
  return {
    status: "failed",
    message: `${what}: rejected`,
    details: question.differences.map((difference) => ({ message: difference.message, hint: "" })),
  };
}

function ended(outcome: StackOutcome, knowledge: StackKnowledge | undefined): AppliedStack {
  return { outcome, state: knowledge?.state, entry: knowledge?.entry, steps: [] };
}
