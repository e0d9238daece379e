import { marksToJson, type JsonMarks } from "./marks-to-json.ts";
import type { OutputChange, Plan, PlanAction, ReplacementOrder, ResourceChange } from "./plan.ts";
import { shareMarks } from "./share-marks.ts";
import type { PartialValue } from "./value.ts";
import { valueToJson } from "./value-to-json.ts";

/** What happens to one value, in the words of `terraform show -json`. What is sensitive is `(sensitive value)`. */
export interface JsonChange {
  readonly actions: readonly string[];
  readonly before: unknown;
  /** Undefined where nothing of it is known. */
  readonly after: unknown;
  readonly after_unknown: JsonMarks;
  readonly before_sensitive: JsonMarks;
  readonly after_sensitive: JsonMarks;
}

export interface JsonObjectChange extends JsonChange {
  readonly replace_paths?: readonly (readonly (string | number)[])[];
  readonly importing?: unknown;
}

/** What happens to one object, in the words of `terraform show -json`. */
export interface JsonResourceChange {
  readonly address: string;
  readonly previous_address?: string;
  readonly module_address?: string;
  readonly mode: string;
  readonly type: string;
  readonly name: string;
  readonly index?: string | number;
  readonly deposed?: string;
  readonly provider_name: string;
  readonly action_reason?: string;
  readonly change: JsonObjectChange;
}

/** What a plan changes, for programs; what stays as it is is left out. */
export interface JsonPlan {
  readonly resource_changes: readonly JsonResourceChange[];
  readonly output_changes: ReadonlyMap<string, JsonChange>;
}

/** A plan in the words of `terraform show -json`, so that policies that were written for those can read it. */
export function planToJson(plan: Plan, redact: (text: string) => string): JsonPlan {
  const outputs = [...plan.outputChanges].filter(([, { action }]) => action !== "no-op");
  return {
    resource_changes: plan.changes.filter(isChange).map((change) => resourceChangeToJson(change, redact)),
    output_changes: new Map(
      outputs.map(([name, change]) => [redact(name), changeToJson(change, [change.action], redact)] as const),
    ),
  };
}

function isChange({ action, previousAddress, importing }: ResourceChange): boolean {
  return action !== "no-op" || previousAddress !== undefined || importing !== undefined;
}

/** One change of a plan in the words of `terraform show -json`. */
export function resourceChangeToJson(
  change: ResourceChange,
  redact: (text: string) => string,
): JsonResourceChange {
  const { previousAddress, moduleAddress, index, deposed, actionReason, importing } = change;
  const paths = change.replacePaths.map((path) => path.map((step) => redactStep(step, redact)));
  return {
    address: redact(change.address),
    ...(previousAddress !== undefined && { previous_address: redact(previousAddress) }),
    ...(moduleAddress !== undefined && { module_address: redact(moduleAddress) }),
    mode: change.mode,
    type: redact(change.type),
    name: redact(change.name),
    ...(index !== undefined && { index: redactStep(index, redact) }),
    ...(deposed !== undefined && { deposed }),
    provider_name: redact(change.provider),
    ...(actionReason !== undefined && { action_reason: actionReason }),
    change: {
      ...changeToJson(change, actionsOf(change), redact),
      ...(paths.length > 0 && { replace_paths: paths }),
      ...(importing && { importing: importingToJson(importing, redact) }),
    },
  };
}

function redactStep(step: string | number, redact: (text: string) => string): string | number {
  return typeof step === "string" ? redact(step) : step;
}

function changeToJson(
  change: Pick<OutputChange, "before" | "after">,
  actions: readonly string[],
  redact: (text: string) => string,
): JsonChange {
  const before = shareMarks(change.before, change.after);
  const after = shareMarks(change.after, change.before);
  return {
    actions,
    before: valueToJson(before, redact),
    after: valueToJson(after, redact),
    after_unknown: marksToJson(after, "unknown", redact),
    before_sensitive: marksToJson(before, "sensitive", redact),
    after_sensitive: marksToJson(after, "sensitive", redact),
  };
}

const REPLACEMENTS: Readonly<Record<ReplacementOrder, readonly PlanAction[]>> = {
  "destroy-first": ["delete", "create"],
  "create-before-destroy": ["create", "delete"],
  "create-then-forget": ["create", "forget"],
  "forget-first": ["forget", "create"],
};

function actionsOf({ action, replacementOrder }: ResourceChange): readonly PlanAction[] {
  return replacementOrder === undefined ? [action] : REPLACEMENTS[replacementOrder];
}

function importingToJson(importing: PartialValue, redact: (text: string) => string): unknown {
  return valueToJson(importing, redact) ?? { unknown: true };
}
