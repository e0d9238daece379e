import { summarisePlan } from "../plans/summarise-plan.ts";
import type { Stack } from "../stacks/stack.ts";
import { isGate } from "../stacks/order-stacks.ts";
import { failedOutcome, failureOfError } from "./failed-outcome.ts";
import { appliedView, viewOfPlan } from "./output-views.ts";
import { openTests } from "./open-tests.ts";
import { planStack } from "./plan-stack.ts";
import type { RunContext } from "./run-context.ts";
import type { OpenTests, StackOutcome } from "./run-event.ts";
import { runStacks } from "./run-stacks.ts";
import type { Selection } from "./selection.ts";
import type { StackKnowledge } from "./stack-knowledge.ts";
import { isChanging, type OutputView, type StackPlan } from "./stack-plan.ts";
import { stackPlanned } from "./stack-planned.ts";
import { type Survey, surveyPlatform } from "./survey-platform.ts";

export type { Selection } from "./selection.ts";

export interface PlanOptions {
  readonly selection: Selection;
  readonly isRefreshAsked: boolean;
  readonly hashKey: string;
  /** What is known already; read anew where it is left out. */
  readonly survey?: Survey;
}

/** What was planned, stack by stack, and what was known of every stack that has a part in it. */
export interface PlatformPlan {
  readonly planByAddress: ReadonlyMap<string, StackPlan>;
  /** What is shown of each plan: beside what would change, whether an apply has tests to run. */
  readonly outcomeByAddress: ReadonlyMap<string, StackOutcome>;
  readonly knowledgeByAddress: ReadonlyMap<string, StackKnowledge>;
}

/** Plans every stack of a selection in order, each against what its upstreams will be. Nothing is applied. */
export async function planPlatform(context: RunContext, options: PlanOptions): Promise<PlatformPlan> {
  const { selection } = options;
  const { knowledgeByAddress } = options.survey ?? (await surveyPlatform(context, options));
  const planByAddress = new Map<string, StackPlan>();
  const outcomeByAddress = new Map<string, StackOutcome>();
  const viewByAddress = new Map<string, OutputView>(
    [...knowledgeByAddress].map(([address, knowledge]) => [
      address,
      appliedView(context, address, knowledge),
    ]),
  );
  const stateByAddress = new Map(
    [...knowledgeByAddress].map(([address, one]) => [address, one.state] as const),
  );
  await runStacks<StackPlan>(context, selection, {
    outcomeOf: (plan) => shownOutcome(context, plan, selection),
    holdsUp: (plan) => plan.status === "failed" || plan.status === "interrupted",
    keep: (address, plan, outcome) => {
      planByAddress.set(address, plan);
      outcomeByAddress.set(address, outcome);
      viewByAddress.set(address, viewOfPlan(plan));
      tellPlan(context, address, plan, outcome);
    },
    run: async (address) => {
      const knowledge = knowledgeByAddress.get(address);
      if (!knowledge) return undefined;
      const pending = pendingUpstreams(context, knowledge.stack, planByAddress);
      return planStack(context, {
        knowledge,
        viewByAddress,
        stateByAddress,
        pending,
        isRefreshAsked: options.isRefreshAsked,
        hashKey: options.hashKey,
      }).catch((error: unknown): StackPlan => ({ status: "failed", ...failureOfError(error) }));
    },
  });
  return { planByAddress, outcomeByAddress, knowledgeByAddress };
}

/** Everything that comes before a stack, by reference or `after`, and is going to change. */
function pendingUpstreams(
  context: RunContext,
  stack: Stack,
  planByAddress: ReadonlyMap<string, StackPlan>,
): readonly string[] {
  const found = new Set<string>();
  const visit = (node: string): void => {
    for (const upstream of context.platform.order.upstreamOf.get(node) ?? []) {
      const plan = planByAddress.get(upstream);
      const isPending = plan?.status === "deferred" || (plan?.status === "planned" && isChanging(plan));
      if (isPending) found.add(upstream);
      else if (isGate(upstream)) visit(upstream);
    }
  };
  visit(stack.address);
  return [...found].sort();
}

function tellPlan({ tell }: RunContext, address: string, plan: StackPlan, outcome: StackOutcome): void {
  if (plan.status === "planned") tell(stackPlanned(address, plan.plan, plan));
  if (outcome.status === "up-to-date" && outcome.tests)
    tell({ kind: "stack-reasons", address, reasons: [OPEN_TESTS[outcome.tests]] });
}

const OPEN_TESTS: Readonly<Record<OpenTests, string>> = {
  failed: "its tests failed",
  pending: "its tests have not been run on what is applied",
};

/** A plan's result as it is shown: beside what would change, whether an apply has tests to run, or refuses it. */
function shownOutcome(context: RunContext, plan: StackPlan, selection: Selection): StackOutcome {
  const outcome = planOutcome(plan);
  const isAsked = outcome.status === "planned" || outcome.status === "deferred";
  if (isAsked && (plan.status === "planned" || plan.status === "deferred")) {
    const needs = plan.overlaidBy.filter((address) => !selection.addresses.includes(address));
    return needs.length === 0 ? outcome : { ...outcome, needs };
  }
  if (plan.status !== "up-to-date" && plan.status !== "planned") return outcome;
  if (outcome.status !== "up-to-date" && outcome.status !== "unchanged") return outcome;
  const tests = openTests(context, plan.knowledge);
  return tests ? { ...outcome, tests } : outcome;
}

/** A plan's result as an outcome. */
export function planOutcome(plan: StackPlan): StackOutcome {
  switch (plan.status) {
    case "up-to-date":
      return { status: "up-to-date" };
    case "planned":
      if (!isChanging(plan)) return { status: "unchanged" };
      return {
        status: "planned",
        summary: summarisePlan(plan.plan),
        ...(plan.steps.length > 0 && { steps: plan.steps.length }),
      };
    case "deferred":
      return { status: "deferred", reason: plan.reason };
    case "failed":
      return failedOutcome(plan);
    case "blocked":
      return plan;
    case "interrupted":
      return { status: "interrupted" };
  }
}
