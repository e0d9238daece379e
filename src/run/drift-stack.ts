import { type DriftedObject, driftOf } from "../plans/drift-of.ts";
import type { Plan, ResourceChange } from "../plans/plan.ts";
import { resourceChangeToJson } from "../plans/plan-to-json.ts";
import { type DriftPart, renderDrift } from "../plans/render-drift.ts";
import type { PartialValue } from "../plans/value.ts";
import type { DriftSubject } from "./drift-subject.ts";
import { failedOutcome, type Failure, failureOf, outcomeOfFailure } from "./failed-outcome.ts";
import { holdsObjects } from "./holds-objects.ts";
import { missingVariable } from "./missing-variable.ts";
import { redactLines } from "./redact-lines.ts";
import type { RestoredRoot } from "./restored-root.ts";
import type { RunContext } from "./run-context.ts";
import type { DriftedResource, Finding, StackDrift, StackOutcome } from "./run-event.ts";
import { secretRedactor } from "./secret-redactor.ts";
import { planValues } from "./secret-texts.ts";
import { stateReasons } from "./state-reasons.ts";
import { unknownProvider } from "./unknown-provider.ts";

export interface DriftStackOptions {
  /** Counts what an apply leaves as it is, too. */
  readonly isStrict: boolean;
}

/** Looks for what was changed behind Terraform's back in one stack, tells it, and writes nothing. */
export async function driftStack(
  context: RunContext,
  subject: DriftSubject,
  { isStrict }: DriftStackOptions,
): Promise<StackOutcome> {
  const before = withoutTerraform(context, subject);
  if (before) return before;
  const root = await subject.root();
  if (!root) return failedOutcome(ROOT_LOST);
  const provider = unknownProvider(root.files);
  if (provider !== undefined) return failedOutcome(providerLost(provider));
  try {
    return await lookAt(context, subject, root, { isStrict });
  } finally {
    await root.close?.();
  }
}

async function lookAt(
  context: RunContext,
  subject: DriftSubject,
  root: RestoredRoot,
  { isStrict }: DriftStackOptions,
): Promise<StackOutcome> {
  const planned = await looked(root, subject, "normal");
  if (planned.status === "ok")
    return tellDrift(context, subject, { plan: planned.plan, countsAll: isStrict, findings: [] });
  if (planned.wasInterrupted) return { status: "interrupted" };
  // What would be brought back cannot be told; what has changed can, unless the same is in the way of that.
  const refreshed = await looked(root, subject, "refresh-only");
  if (refreshed.status === "failed") return outcomeOfFailure(refreshed);
  const findings = [unplanned(failureOf(planned))];
  return tellDrift(context, subject, { plan: refreshed.plan, countsAll: true, findings });
}

const ROOT_LOST: Failure = {
  message: "the inventory does not keep the root module that it was applied from",
  hint: "put the stack back into the spec",
  details: [],
};

const STATE_LOST: Failure = {
  message: "its state is gone: nothing says any more what belongs to it",
  hint: "put the state back from a backup, or from an earlier version in its backend, before anything is applied",
  details: [],
};

function providerLost(provider: string): Failure {
  return {
    message: `its provider '${provider}' is configured by outputs of a stack that is not applied any more, and they are not known`,
    hint: "apply that stack again, or destroy this one",
    details: [],
  };
}

/** How it is for a stack in which there is nothing to look for; undefined where there is. */
function withoutTerraform(
  context: RunContext,
  { entry, state, variables }: DriftSubject,
): StackOutcome | undefined {
  if (!state && entry?.entry.state) return failedOutcome(STATE_LOST);
  if (!holdsObjects(state))
    return { status: entry?.entry.status === "complete" ? "no-drift" : "not-applied" };
  const missing = missingVariable(context, variables);
  return missing && failedOutcome(missing);
}

async function looked(
  { terraform, files }: RestoredRoot,
  { state }: DriftSubject,
  mode: "normal" | "refresh-only",
) {
  const outcome = await terraform.plan({ files, mode, state });
  await terraform.removePlan();
  return outcome;
}

function unplanned({ message }: Failure): Finding {
  return {
    message: `Terraform cannot plan an apply of it, so that everything that changed is counted: ${message}`,
    hint: "'platc plan --refresh' says more",
  };
}

interface Seen {
  readonly plan: Plan;
  readonly countsAll: boolean;
  readonly findings: readonly Finding[];
}

function tellDrift(context: RunContext, subject: DriftSubject, seen: Seen): StackOutcome {
  const { plan, countsAll } = seen;
  const objects = driftOf(plan, { countsAll });
  const redact = secretRedactor(valuesOf(plan));
  const drift: StackDrift = {
    kind: "stack-drift",
    address: subject.address,
    resources: resourcesOf(objects, "attributes"),
    lines: redactLines(renderDrift(objects, "attributes"), redact),
    apart: resourcesOf(objects, "apart"),
    apartLines: redactLines(renderDrift(objects, "apart"), redact),
    resource_drift: changesOf(plan, objects, redact),
    findings: [...stateFindings(subject), ...seen.findings],
  };
  const { resources, apart, findings } = drift;
  if (resources.length + apart.length + findings.length > 0) context.tell(drift);
  const left = apart.length > 0 ? { apart: apart.length } : {};
  if (resources.length === 0) return { status: "no-drift", ...left };
  const gone = resources.filter(({ status }) => status === "gone").length;
  return { status: "drifted", changed: resources.length - gone, gone, ...left };
}

function resourcesOf(objects: readonly DriftedObject[], part: DriftPart): readonly DriftedResource[] {
  return objects.flatMap((object): readonly DriftedResource[] => {
    const { address: resource, status } = object;
    if (status === "gone") return part === "attributes" ? [{ resource, status, attributes: [] }] : [];
    return object[part].length > 0 ? [{ resource, status, attributes: object[part] }] : [];
  });
}

function changesOf(
  plan: Plan,
  objects: readonly DriftedObject[],
  redact: (text: string) => string,
): StackDrift["resource_drift"] {
  const isShown = (change: ResourceChange): boolean =>
    objects.some(({ address, deposed }) => address === change.address && deposed === change.deposed);
  return plan.drift.filter(isShown).map((change) => resourceChangeToJson(change, redact));
}

/** As in a plan, what is sensitive anywhere in it is shown nowhere. */
function valuesOf(plan: Plan): readonly PartialValue[] {
  const drifted = plan.drift.flatMap(({ before, after }) => [before, after]);
  return [...planValues(plan, ["before", "after"]), ...drifted];
}

/** What stands in the way of comparing with what platc applied. */
function stateFindings({ entry, state }: DriftSubject): readonly Finding[] {
  if (!entry) return [];
  if (entry.entry.status === "incomplete")
    return [
      {
        message: "its last apply did not end well, or goes on elsewhere: some of this may be its doing",
        hint: "look again when it has ended",
      },
    ];
  return stateReasons(entry.entry, state).map((message) => ({
    message,
    hint: "somebody ran Terraform on it: 'platc plan' shows what that comes to",
  }));
}
