import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { TerraformType } from "../modules/terraform-type.ts";
import type { SpecNode } from "../spec/node.ts";
import { isList, isMap, type Value, type ValueMap } from "../templates/value.ts";
import { child } from "../spec/node.ts";
import type { PlatformRule } from "./rule.ts";
import { scheduleProblem } from "./schedule-problem.ts";
import { timeZoneProblem } from "./time-zone-problem.ts";

/** Schedules that modules of AWS take are ones that AWS knows, and a clock time says in which time zone. */
export const validSchedules: PlatformRule = ({ stacks, contracts }) =>
  stacks.flatMap((stack) =>
    stack.modules
      .filter((call) => call.source.startsWith("aws/"))
      .flatMap((call) =>
        [...call.inputs].flatMap(([name, { value, node }]) => {
          const type = contracts.get(call.source)?.inputs.get(name)?.type;
          return type ? schedulesIn(name, type, value, node) : [];
        }),
      ),
  );

function schedulesIn(name: string, type: TerraformType, value: Value, node: SpecNode): Diagnostic[] {
  if (isList(value)) {
    if (!("element" in type)) return [];
    return value.flatMap((item, index) =>
      schedulesIn(name, type.element, item, node.kind === "list" ? (node.items[index] ?? node) : node),
    );
  }
  if (typeof value === "string") return name === "schedule_expression" ? problemAt(value, node) : [];
  if (!isMap(value)) return [];
  const own = type.kind === "object" && /schedule/i.test(name) ? scheduleObject(type, value, node) : [];
  const inner = [...value].flatMap(([key, item]) => {
    const element =
      type.kind === "object" ? type.attributes.get(key)?.type : "element" in type ? type.element : undefined;
    return element
      ? schedulesIn(type.kind === "map" ? name : key, element, item, child(node, key) ?? node)
      : [];
  });
  return [...own, ...inner];
}

function scheduleObject(
  type: Extract<TerraformType, { kind: "object" }>,
  value: ValueMap,
  node: SpecNode,
): Diagnostic[] {
  const expression = value.get("expression");
  if (!type.attributes.has("expression") || typeof expression !== "string") return [];
  const zone = ["timezone", "time_zone"].find((key) => type.attributes.has(key));
  const found = problemAt(expression, child(node, "expression") ?? node);
  if (zone === undefined) return found;
  const written = value.get(zone);
  if (typeof written === "string") return [...found, ...zoneProblem(written, child(node, zone) ?? node)];
  const isMissing =
    (written === undefined || written === null) && type.attributes.get(zone)?.optional === true;
  if (!isMissing || expression.startsWith("rate(")) return found;
  const message = `the schedule '${expression}' does not say in which time zone`;
  const hint = `add '${zone}', such as UTC or Asia/Seoul`;
  return [...found, { code: "bad-schedule", severity: "error", message, hint, range: node.range }];
}

function problemAt(expression: string, node: SpecNode): Diagnostic[] {
  const problem = scheduleProblem(expression);
  return problem ? [{ code: "bad-schedule", severity: "error", ...problem, range: node.range }] : [];
}

function zoneProblem(zone: string, node: SpecNode): Diagnostic[] {
  const problem = timeZoneProblem(zone);
  return problem ? [{ code: "bad-schedule", severity: "error", ...problem, range: node.range }] : [];
}
