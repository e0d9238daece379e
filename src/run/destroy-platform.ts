import type { Finding, StackOutcome } from "./run-event.ts";
import { renderPlan } from "../plans/render-plan.ts";
import { summarisePlan } from "../plans/summarise-plan.ts";
import type { DestroyUnit } from "./destroy-unit.ts";
import { holdsUpDependents } from "./apply-platform.ts";
import { failedPlan } from "./plan-stack.ts";
import type { RunContext } from "./run-context.ts";
import { runInOrder } from "./schedule.ts";

/** What a destroy of one unit would do. */
export type DestroyPlan =
  | { readonly status: "nothing" }
  | { readonly status: "planned"; readonly destroyed: number }
  | { readonly status: "failed"; readonly outcome: StackOutcome };

/** Plans the destruction of every unit; nothing is destroyed. */
export async function planDestroy(
  context: RunContext,
  units: readonly DestroyUnit[],
  findingsOf: (unit: DestroyUnit) => readonly Finding[],
): Promise<ReadonlyMap<string, DestroyPlan>> {
  const plans = new Map<string, DestroyPlan>();
  await runInOrder({
    nodes: units.map((unit) => unit.address),
    upstreamOf: new Map(),
    parallelism: context.parallelism,
    signal: context.signal,
    blocked: () => undefined,
    skipped: (address) => plans.set(address, { status: "failed", outcome: { status: "interrupted" } }),
    run: async (address) => {
      const unit = units.find((one) => one.address === address);
      if (unit) plans.set(address, await planUnit(context, unit, findingsOf(unit)));
      return "go-on";
    },
  });
  return plans;
}

async function planUnit(
  context: RunContext,
  unit: DestroyUnit,
  findings: readonly Finding[],
): Promise<DestroyPlan> {
  const isEmpty = !unit.state || unit.state.resources.every((resource) => resource.mode === "data");
  if (isEmpty) return { status: "nothing" };
  const outcome = await unit.terraform.plan({ files: unit.files, mode: "destroy" });
  if (outcome.status === "failed") {
    const failed = failedPlan(outcome);
    return {
      status: "failed",
      outcome: outcome.wasInterrupted
        ? { status: "interrupted" }
        : {
            status: "failed",
            message: failed.message,
            ...(failed.hint !== undefined && { hint: failed.hint }),
            details: failed.details,
          },
    };
  }
  const summary = summarisePlan(outcome.plan);
  context.tell({
    kind: "stack-planned",
    address: unit.address,
    summary,
    lines: renderPlan(outcome.plan),
    overlaidBy: [],
    findings,
  });
  return { status: "planned", destroyed: summary.destroy };
}

/** Destroys what was shown, dependents first. */
export async function destroyPlatform(
  context: RunContext,
  units: readonly DestroyUnit[],
  plans: ReadonlyMap<string, DestroyPlan>,
): Promise<ReadonlyMap<string, StackOutcome>> {
  const outcomes = new Map<string, StackOutcome>();
  const finish = (address: string, outcome: StackOutcome, seconds: number): void => {
    outcomes.set(address, outcome);
    context.tell({ kind: "stack-finished", address, outcome, seconds });
  };
  const dependents = new Map<string, string[]>();
  for (const unit of units)
    for (const upstream of unit.upstream)
      dependents.set(upstream, [...(dependents.get(upstream) ?? []), unit.address]);
  await runInOrder({
    nodes: units.map((unit) => unit.address).reverse(),
    upstreamOf: dependents,
    parallelism: context.parallelism,
    signal: context.signal,
    blocked: (address, culprit) => finish(address, { status: "blocked", by: culprit }, 0),
    skipped: (address) => finish(address, { status: "interrupted" }, 0),
    run: async (address) => {
      const started = context.now().getTime();
      const unit = units.find((one) => one.address === address);
      const plan = plans.get(address);
      if (!unit || !plan) return "stop";
      const outcome = plan.status === "failed" ? plan.outcome : await destroyUnit(unit, plan);
      finish(address, outcome, (context.now().getTime() - started) / 1000);
      return holdsUpDependents(outcome) ? "stop" : "go-on";
    },
  });
  return outcomes;
}

async function destroyUnit(
  unit: DestroyUnit,
  plan: Exclude<DestroyPlan, { status: "failed" }>,
): Promise<StackOutcome> {
  if (plan.status === "planned") {
    const applied = await unit.terraform.apply("destroy");
    if (applied.status === "failed") {
      if (applied.wasInterrupted) return { status: "interrupted" };
      const failed = failedPlan(applied);
      return {
        status: "failed",
        message: failed.message,
        ...(failed.hint !== undefined && { hint: failed.hint }),
        details: failed.details,
      };
    }
  }
  const left = (await unit.readState())?.resources.filter((resource) => resource.mode === "managed") ?? [];
  if (left.length > 0)
    return { status: "failed", message: `${left.length} resources are still in its state`, details: [] };
  if (unit.entry) await unit.ledger.inventory.remove(unit.entry);
  return { status: "destroyed", destroyed: plan.status === "planned" ? plan.destroyed : 0 };
}
