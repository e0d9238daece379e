import { invariant } from "../diagnostics/invariant.ts";
import { type Json, isJsonNumber, parseJson } from "./json.ts";
import { mergeValue } from "./merge-value.ts";
import { parseConfiguration } from "./parse-configuration.ts";
import type {
  CheckResult,
  OutputChange,
  Plan,
  PlanAction,
  ReplacementOrder,
  ResourceChange,
} from "./plan.ts";
import { elementsOf, memberOf, membersOf, textOf, textsOf } from "./read-json.ts";
import { isWhollyKnown } from "./value.ts";
import { withCollections } from "./with-collections.ts";

/** Reads what `terraform show -json PLANFILE` prints (format 1.x, Terraform and OpenTofu). Throws on anything else. */
export function parsePlan(text: string): Plan {
  const plan = parseJson(text);
  const format = textOf(memberOf(plan, "format_version")) ?? "";
  invariant(format.startsWith("1."), `'terraform show -json' printed no plan of format 1.x but '${format}'`);
  const errored = memberOf(plan, "errored") === true;
  return {
    terraformVersion: textOf(memberOf(plan, "terraform_version")) ?? "",
    errored,
    applyable: memberOf(plan, "applyable") !== false && !errored,
    complete: memberOf(plan, "complete") !== false && !errored,
    changes: elementsOf(memberOf(plan, "resource_changes")).map(parseResourceChange),
    outputChanges: parseOutputChanges(plan),
    configuration: parseConfiguration(memberOf(memberOf(plan, "configuration"), "root_module")),
    checks: elementsOf(memberOf(plan, "checks")).map(parseCheck),
    drift: elementsOf(memberOf(plan, "resource_drift")).map(parseResourceChange),
  };
}

function parseResourceChange(resource: Json): ResourceChange {
  const change = memberOf(resource, "change");
  const importing = memberOf(change, "importing");
  const optional = {
    moduleAddress: textOf(memberOf(resource, "module_address")),
    index: parsePath([memberOf(resource, "index") ?? null])[0],
    previousAddress: textOf(memberOf(resource, "previous_address")),
    deposed: textOf(memberOf(resource, "deposed")),
    actionReason: textOf(memberOf(resource, "action_reason")),
    importing:
      importing === undefined
        ? undefined
        : mergeValue({ value: importing, unknown: memberOf(importing, "unknown") === true }),
  };
  return {
    address: textOf(memberOf(resource, "address")) ?? "",
    mode: textOf(memberOf(resource, "mode")) ?? "managed",
    type: textOf(memberOf(resource, "type")) ?? "",
    name: textOf(memberOf(resource, "name")) ?? "",
    provider: textOf(memberOf(resource, "provider_name")) ?? "",
    ...parseActions(textsOf(memberOf(change, "actions"))),
    before: mergeValue({
      value: memberOf(change, "before"),
      sensitive: memberOf(change, "before_sensitive"),
    }),
    after: afterOf(change),
    replacePaths: elementsOf(memberOf(change, "replace_paths")).map(parsePath),
    ...withoutUndefined(optional),
  };
}

function afterOf(change: Json | undefined): ResourceChange["after"] {
  return mergeValue({
    value: memberOf(change, "after"),
    unknown: memberOf(change, "after_unknown"),
    sensitive: memberOf(change, "after_sensitive"),
  });
}

const SINGLE_ACTIONS: Readonly<Record<string, PlanAction>> = {
  "no-op": "no-op",
  read: "read",
  create: "create",
  update: "update",
  delete: "delete",
  forget: "forget",
};

const REPLACEMENTS: Readonly<Record<string, ReplacementOrder>> = {
  "delete,create": "destroy-first",
  "create,delete": "create-before-destroy",
  "create,forget": "create-then-forget",
  "forget,create": "forget-first",
};

function parseActions(actions: readonly string[]): Pick<ResourceChange, "action" | "replacementOrder"> {
  const written = actions.join(",");
  const replacementOrder = REPLACEMENTS[written];
  if (replacementOrder) return { action: "replace", replacementOrder };
  const action = SINGLE_ACTIONS[written];
  invariant(action, `a plan holds the action '${written}', which platc does not know`);
  return { action };
}

function parsePath(path: Json): readonly (string | number)[] {
  return elementsOf(path).flatMap((step): readonly (string | number)[] => {
    if (typeof step === "string") return [step];
    return isJsonNumber(step) ? [Number(step.digits)] : [];
  });
}

/** Types stand with planned outputs that are wholly known; for the others those of the state are the best there is. */
function parseOutputChanges(plan: Json): ReadonlyMap<string, OutputChange> {
  const planned = memberOf(memberOf(plan, "planned_values"), "outputs");
  const prior = memberOf(memberOf(memberOf(plan, "prior_state"), "values"), "outputs");
  const changes = new Map<string, OutputChange>();
  for (const [name, change] of membersOf(memberOf(plan, "output_changes"))) {
    const { action } = parseActions(textsOf(memberOf(change, "actions")));
    invariant(
      action === "no-op" || action === "create" || action === "update" || action === "delete",
      `the output '${name}' has the action '${action}'`,
    );
    const priorType = memberOf(memberOf(prior, name), "type");
    const before = mergeValue({
      value: memberOf(change, "before"),
      sensitive: memberOf(change, "before_sensitive"),
    });
    const after = afterOf(change);
    const type = isWhollyKnown(after) ? memberOf(memberOf(planned, name), "type") : priorType;
    changes.set(name, {
      action,
      before: withCollections(before, priorType),
      after: withCollections(after, type),
    });
  }
  return changes;
}

function parseCheck(check: Json): CheckResult {
  const address = memberOf(check, "address");
  const problems = elementsOf(memberOf(check, "instances")).flatMap((instance) =>
    elementsOf(memberOf(instance, "problems")),
  );
  return {
    address: textOf(memberOf(address, "to_display")) ?? "",
    kind: textOf(memberOf(address, "kind")) ?? "",
    status: textOf(memberOf(check, "status")) ?? "unknown",
    problems: problems.flatMap((problem) => textOf(memberOf(problem, "message")) ?? []),
  };
}

type Defined<Fields> = { [Key in keyof Fields]?: Exclude<Fields[Key], undefined> };

function withoutUndefined<Fields extends object>(fields: Fields): Defined<Fields> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as Defined<Fields>;
}
