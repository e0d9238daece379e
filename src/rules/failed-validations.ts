import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { ModuleInput } from "../modules/contract.ts";
import { parseCondition } from "../modules/parse-condition.ts";
import type { TerraformType } from "../modules/terraform-type.ts";
import type { Range } from "../source/source.ts";
import { nodeAt } from "../spec/node.ts";
import type { ModuleCall, Placed } from "../stacks/stack.ts";
import { isComputed, isList, isMap, type Value } from "../templates/value.ts";
import type { Json } from "../text/json.ts";
import { type BlamedEntry, blamedEntries } from "./blamed-entries.ts";
import { evaluateCondition, NotEvaluable } from "./evaluate-condition.ts";
import { takenFromVars } from "./taken-from-vars.ts";

/** What a module's own validations refuse, as far as they can be evaluated without Terraform. */
export function failedValidations(call: ModuleCall, input: ModuleInput, placed: Placed): Diagnostic[] {
  return input.validations.flatMap(({ condition, errorMessage }) => {
    const blamed = refusedBy(condition, input, placed.value);
    if (!blamed) return [];
    const isPlain = errorMessage !== "" && !/[$%]\{/.test(errorMessage);
    const hint = isPlain ? errorMessage : `its validation is: ${condition.replace(/\s+/g, " ")}`;
    return placesOf(blamed, input, placed).map(({ name, range }): Diagnostic => ({
      code: "failed-validation",
      severity: "error",
      message: `'${name}' is not what module '${call.source}' takes`,
      hint,
      range,
      ...takenFromVars(placed, call),
    }));
  });
}

/** The entries that a condition refuses, empty for the value as a whole; undefined where it holds or only Terraform can tell. */
function refusedBy(condition: string, input: ModuleInput, value: Value): readonly BlamedEntry[] | undefined {
  const parsed = parseCondition(condition);
  if (!parsed) return undefined;
  const given = value === null && !input.nullable ? undefined : asDeclared(input.type, value);
  const variables = new Map<string, Json | undefined>([["var", { [input.name]: given } as unknown as Json]]);
  try {
    return evaluateCondition(parsed, variables) === true ? undefined : blamedEntries(parsed, variables);
  } catch (error) {
    if (error instanceof NotEvaluable) return undefined;
    // An error of the condition itself is left to Terraform, which says where it is.
    return undefined;
  }
}

interface RefusedPlace {
  readonly name: string;
  readonly range: Range;
}

/** Where the entries are written; the whole value where one of them is not, as those that a template makes. */
function placesOf(
  blamed: readonly BlamedEntry[],
  { name }: ModuleInput,
  { node }: Placed,
): readonly RefusedPlace[] {
  const places = blamed.map(({ path, part }) => {
    const key = path.at(-1) ?? "";
    const parent = nodeAt(node, path.slice(0, -1));
    const range =
      part === "key" && parent?.kind === "map"
        ? parent.entries.get(String(key))?.keyRange
        : nodeAt(node, path)?.range;
    const steps = path.map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`));
    return range && { name: `${name}${steps.join("")}`, range };
  });
  const found = places.filter((place) => place !== undefined);
  return found.length > 0 && found.length === places.length ? found : [{ name, range: node.range }];
}

/** A value as the variable's type makes it: text and numbers converted, optional attributes filled in; undefined where unknown. */
function asDeclared(type: TerraformType, value: Value): Json | undefined {
  if (isComputed(value)) return undefined;
  if (value === null) return null;
  if (isList(value)) {
    if (type.kind === "set") return undefined;
    return value.map((item, index) => asDeclared(elementType(type, index), item)) as unknown as Json;
  }
  if (isMap(value)) return type.kind === "object" ? objectOf(type, value) : mapOf(type, value);
  if (type.kind === "string") return String(value);
  if (type.kind === "number" && typeof value === "string") return Number(value);
  if (type.kind === "bool" && typeof value === "string") return value === "true" || value === "1";
  return value;
}

function mapOf(type: TerraformType, value: ReadonlyMap<string, Value>): Json {
  const entries = [...value].map(([key, item]) => [key, asDeclared(elementType(type, 0), item)] as const);
  return Object.fromEntries(entries) as Json;
}

function objectOf(
  { attributes }: Extract<TerraformType, { kind: "object" }>,
  value: ReadonlyMap<string, Value>,
): Json {
  const entries = [...attributes].map(([key, attribute]) => {
    const item = value.get(key);
    const isMissing = item === undefined || (item === null && attribute.default !== undefined);
    return [key, isMissing ? (attribute.default ?? null) : asDeclared(attribute.type, item)] as const;
  });
  return Object.fromEntries(entries) as Json;
}

function elementType(type: TerraformType, index: number): TerraformType {
  if (type.kind === "tuple") return type.elements[index] ?? { kind: "any" };
  return "element" in type ? type.element : { kind: "any" };
}
