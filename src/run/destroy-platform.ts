import type { Stamped } from "../ledger/entry.ts";
import type { InventoryEntry } from "../ledger/inventory-entry.ts";
import { StoreMissingError } from "../stores/store-error.ts";
import type { Finding, StackOutcome } from "./run-event.ts";
import { FLAVOURS } from "../text/flavour.ts";
import { type DestroyUnit, holdsResources } from "./destroy-unit.ts";
import { failedOutcome, failureOfError, outcomeOfFailedApply, outcomeOfFailure } from "./failed-outcome.ts";
import { holdsUpDependents } from "./holds-up-dependents.ts";
import type { RunContext } from "./run-context.ts";
import { runStacks } from "./run-stacks.ts";
import { stackPlanned } from "./stack-planned.ts";
import { whoAmI } from "./who-am-i.ts";
import { runInOrder } from "./schedule.ts";
import { stacksAtOnce } from "./terraform-slots.ts";

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
    parallelism: stacksAtOnce(context.parallelism),
    signal: context.signal,
    blocked: () => undefined,
    skipped: (address) => plans.set(address, { status: "failed", outcome: { status: "interrupted" } }),
    run: async (address) => {
      const unit = units.find((one) => one.address === address);
      if (unit) plans.set(address, await planUnit(context, unit, findingsOf(unit)).catch(failedUnit));
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
  if (!holdsResources(unit)) return { status: "nothing" };
  const outcome = await unit.terraform.plan({ files: unit.files, mode: "destroy", state: unit.state });
  if (outcome.status === "failed") return { status: "failed", outcome: outcomeOfFailure(outcome) };
  const planned = stackPlanned(unit.address, outcome.plan, { findings });
  context.tell(planned);
  return { status: "planned", destroyed: planned.summary.destroy };
}

/** Destroys what was shown, dependents first. */
export async function destroyPlatform(
  context: RunContext,
  units: readonly DestroyUnit[],
  plans: ReadonlyMap<string, DestroyPlan>,
): Promise<ReadonlyMap<string, StackOutcome>> {
  const dependents = new Map<string, string[]>();
  for (const unit of units)
    for (const upstream of unit.upstream)
      dependents.set(upstream, [...(dependents.get(upstream) ?? []), unit.address]);
  const addresses = units.map((unit) => unit.address).reverse();
  return runStacks<StackOutcome>(
    context,
    { addresses, upstreamOf: dependents },
    {
      outcomeOf: (outcome) => outcome,
      holdsUp: holdsUpDependents,
      run: async (address) => {
        const unit = units.find((one) => one.address === address);
        const plan = plans.get(address);
        if (!unit || !plan) return undefined;
        if (plan.status === "failed") return plan.outcome;
        return destroyUnit(context, unit, plan).catch(failedDestroy);
      },
    },
  );
}

function failedUnit(error: unknown): DestroyPlan {
  return { status: "failed", outcome: failedDestroy(error) };
}

function failedDestroy(error: unknown): StackOutcome {
  return failedOutcome(failureOfError(error));
}

async function destroyUnit(
  context: RunContext,
  unit: DestroyUnit,
  plan: Exclude<DestroyPlan, { status: "failed" }>,
): Promise<StackOutcome> {
  let { entry } = unit;
  if (plan.status === "planned") {
    // Cut off in the middle it is what an apply cut off in the middle is: not up to date, and still ours.
    if (entry) entry = await writeIncomplete(context, unit, entry);
    const applied = await unit.terraform.apply("destroy");
    if (applied.status === "failed") return outcomeOfFailedApply(applied);
  }
  const left = (await unit.readState())?.resources.filter((resource) => resource.mode === "managed") ?? [];
  if (left.length > 0)
    return { status: "failed", message: `${left.length} resources are still in its state`, details: [] };
  await unit.removeCopy?.();
  if (entry) await unit.ledger.inventory.remove(entry);
  await forgetSteps(context, unit);
  if (plan.status === "nothing" && !entry) return { status: "nothing-to-destroy" };
  return { status: "destroyed", destroyed: plan.status === "planned" ? plan.destroyed : 0 };
}

/** A stack that is applied anew runs its steps anew; what they have done is theirs to undo. */
async function forgetSteps(
  { tell, tools }: RunContext,
  { ledger, address, entry }: DestroyUnit,
): Promise<void> {
  const steps = await ledger.steps.read(entry?.entry.address ?? address).catch(noneWithoutBackend);
  if (!steps) return;
  await ledger.steps.remove(steps);
  const names = Object.keys(steps.entry.steps).map((name) => `'${name}'`);
  tell({
    kind: "note",
    message: `what the steps ${names.join(", ")} of '${address}' did outside of ${FLAVOURS[tools.terraform.flavour].product} stays as it is`,
  });
}

/** What was given up may be the backend itself. */
function noneWithoutBackend(error: unknown): undefined {
  if (!(error instanceof StoreMissingError)) throw error;
}

async function writeIncomplete(
  context: RunContext,
  { ledger }: DestroyUnit,
  previous: Stamped<InventoryEntry>,
): Promise<Stamped<InventoryEntry>> {
  const { format: _format, sequence: _sequence, ...content } = previous.entry;
  const mark = { runId: context.runId, by: whoAmI(), status: "incomplete" } as const;
  return ledger.inventory.write({ ...content, ...mark }, previous);
}
