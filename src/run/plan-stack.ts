import { NO_OVERLAY } from "../emit/stack-surroundings.ts";
import type { OutputFile } from "../emit/emit-platform.ts";
import { stackFolder } from "../emit/emit-stack.ts";
import type { Plan } from "../plans/plan.ts";
import { plannedOutputs } from "../plans/planned-outputs.ts";
import { summarisePlan } from "../plans/summarise-plan.ts";
import type { Stack } from "../stacks/stack.ts";
import type { StateFile } from "../stores/state-file.ts";
import { dependentFindings } from "./dependent-findings.ts";
import { failureOf } from "./failed-outcome.ts";
import { planDeferral, providerDeferral } from "./deferral.ts";
import { overlaidUpstreams, overlayOutputs, stateOutputs } from "./output-views.ts";
import { keyedApproval } from "./keyed-approval.ts";
import type { Finding } from "./run-event.ts";
import type { RunContext } from "./run-context.ts";
import type { StackKnowledge } from "./stack-knowledge.ts";
import { planSteps } from "./plan-steps.ts";
import type { PlannedStack, StackPlan } from "./stack-plan.ts";
import { missingVariable } from "./missing-variable.ts";
import { importFile, readPendingImports } from "./pending-imports.ts";
import { movedFiles, renamedModules } from "./renamed-modules.ts";
import { type PlanOutcome, stackTerraform, type TerraformFailure } from "./stack-terraform.ts";
import { staleReasons, type StalenessRequest, stepFacts } from "./stale-reasons.ts";

/** What planning one stack goes by: what is known of it, and how its upstreams look in this run. */
export interface PlanStackRequest extends StalenessRequest {
  readonly stateByAddress: ReadonlyMap<string, StateFile | undefined>;
  /** Upstreams, by reference or order, that are not as they will be. */
  readonly pending: readonly string[];
  /** Keys the hashes of sensitive values, so that two plans of one run can be compared. */
  readonly hashKey: string;
  /** Plans even what is up to date. */
  readonly isForced?: boolean;
}

/** Plans one stack against what its upstreams are or will be. */
export async function planStack(context: RunContext, request: PlanStackRequest): Promise<StackPlan> {
  const { knowledge, viewByAddress } = request;
  const { stack } = knowledge;
  const reasons = staleReasons(context, request);
  if (reasons.length === 0 && !request.isForced) return { status: "up-to-date", knowledge };
  context.tell({ kind: "stack-reasons", address: stack.address, reasons });
  const missing = missingVariable(context, stack.variables);
  if (missing) return { status: "failed", ...missing };
  const overlaidBy = overlaidUpstreams(stack, viewByAddress, request.stateByAddress);
  const provider = providerDeferral(stack, viewByAddress);
  if (provider !== undefined) return { status: "deferred", knowledge, reason: provider, overlaidBy };

  const terraform = stackTerraform(context, stack);
  const outcome = await planWithImports(context, stack, (imports) =>
    filesToPlan(context, request, overlaidBy).then((files) =>
      terraform.plan({
        files: [...files, ...imports],
        state: stateToPlan(knowledge),
        ...(knowledge.moving && { localState: knowledge.moving.bytes }),
      }),
    ),
  );
  if (!isFinalPlan(knowledge, overlaidBy)) await terraform.removePlan();
  if (outcome.status === "ok")
    return withSteps(context, request, planned(context, request, outcome.plan, overlaidBy));
  if (outcome.wasInterrupted) return { status: "interrupted" };
  const deferral = planDeferral({ ...outcome, overlaidBy, pending: request.pending, views: viewByAddress });
  return deferral === undefined
    ? failedPlan(outcome)
    : { status: "deferred", knowledge, reason: deferral, overlaidBy };
}

/** What an apply made that was ended by force is imported, where Terraform can; else it is named, and left. */
async function planWithImports(
  context: RunContext,
  stack: Stack,
  plan: (imports: readonly OutputFile[]) => Promise<PlanOutcome>,
): Promise<PlanOutcome> {
  const platform = context.platform.spec.name;
  const imports = await readPendingImports(context.root, platform, stack.address);
  if (imports.length === 0) return plan([]);
  const outcome = await plan([importFile(stackFolder(platform, stack.address), imports)]);
  if (outcome.status === "ok" || outcome.wasInterrupted) return outcome;
  const without = await plan([]);
  if (without.status !== "ok") return without;
  const names = imports.map(({ resource, id }) => `'${resource}' (${id})`).join(", ");
  context.tell({
    kind: "note",
    message: `${names} of '${stack.address}' could not be imported: ${failureOf(outcome).message}`,
    hint: "import it by hand, or remove it: this plan would make it anew",
  });
  return without;
}

/** Whether a plan may be applied as it is: made against the stack's own state and the real outputs of all upstreams. */
export function isFinalPlan(knowledge: StackKnowledge, overlaidBy: readonly string[]): boolean {
  return overlaidBy.length === 0 && knowledge.hasBackend && !knowledge.moving;
}

async function filesToPlan(
  context: RunContext,
  request: PlanStackRequest,
  overlaidBy: readonly string[],
): Promise<readonly OutputFile[]> {
  const { knowledge, viewByAddress } = request;
  const { stack } = knowledge;
  const { files: emitted } = await context.emitter.stack(stack);
  const folder = stackFolder(context.platform.spec.name, stack.address);
  const files = [...emitted, ...movedFiles(folder, stack, stateToPlan(knowledge))];
  if (isFinalPlan(knowledge, overlaidBy)) return files;
  const overlay = {
    ...NO_OVERLAY,
    outputsByAddress: new Map(
      overlaidBy.map((address) => [address, overlayOutputs(context, address, viewByAddress.get(address))]),
    ),
    withoutBackend: !knowledge.hasBackend || knowledge.moving !== undefined,
  };
  const main = `${folder}/main.tf.json`;
  return files.map((file) =>
    file.path === main ? { path: main, content: context.emitter.overlaid(stack, overlay) } : file,
  );
}

/** The state that a plan goes by: the one that is going to be carried over, or else the stack's own. */
function stateToPlan({ state, moving }: StackKnowledge): StateFile | undefined {
  return moving?.state ?? state;
}

function planned(
  context: RunContext,
  request: PlanStackRequest,
  plan: Plan,
  overlaidBy: readonly string[],
): PlannedStack {
  const { knowledge, hashKey } = request;
  const { stack } = knowledge;
  const approval = keyedApproval(context, plan, hashKey);
  const findings = [...movingFindings(knowledge), ...dependentFindings(context, stack, plan)];
  return {
    status: "planned",
    knowledge,
    plan,
    approval,
    overlaidBy,
    // A first apply writes the state that dependents read, also where all outputs are null.
    hasChanges: planHasChanges(plan) || (knowledge.state === undefined && !knowledge.moving),
    steps: [],
    findings,
  };
}

/** Adds the steps that would run after the plan is applied; where one cannot be done, nothing of the stack is. */
async function withSteps(
  context: RunContext,
  request: PlanStackRequest,
  plan: PlannedStack,
): Promise<StackPlan> {
  const { state, stack } = plan.knowledge;
  if (stack.steps.length === 0) return plan;
  const own = plan.hasChanges ? plannedOutputs(plan.plan) : stateOutputs(state);
  const steps = await planSteps(context, stepFacts(context, request, own));
  if (steps.status === "ok") return { ...plan, steps: steps.steps };
  return { ...steps, details: [] };
}

function movingFindings({ stack, moving }: StackKnowledge): readonly Finding[] {
  if (!moving) return [];
  const { left } = renamedModules(stack, moving.state);
  return [
    {
      message: `its state is carried over from '${moving.from}' to '${stack.address}' before it is applied`,
      hint: "take the entry out of 'moved' when every environment has been applied",
    },
    ...left.map((call) => ({
      message: `that state holds '${call}', which the stack does not call: what it made is destroyed`,
      hint: `say what it is called now: 'refactor: { moved: [{ from: ${call}, to: module.NAME }] }'`,
    })),
  ];
}

/** Whether applying a plan would do anything: to resources, or to outputs that dependents read. */
export function planHasChanges(plan: Plan): boolean {
  const summary = summarisePlan(plan);
  const isChanging = Object.values(summary).some((count) => count > 0);
  return isChanging || [...plan.outputChanges.values()].some((change) => change.action !== "no-op");
}

/** A failed plan for people: the first error leads, the others follow. */
export function failedPlan(failure: TerraformFailure): Extract<StackPlan, { status: "failed" }> {
  return { status: "failed", ...failureOf(failure) };
}
