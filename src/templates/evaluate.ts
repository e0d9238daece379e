import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Range } from "../source/source.ts";
import type { MapNode, SpecNode } from "../spec/node.ts";
import { evaluateCall } from "./evaluate-call.ts";
import { asText, describeValue } from "./functions.ts";
import { narrowRange, type TemplatePlace } from "./narrow-range.ts";
import { isTemplate, parseTemplate } from "./parse-template.ts";
import type { TemplateScope } from "./scope.ts";
import type { TemplateCall } from "./template.ts";
import { TemplateProblem } from "./template-problem.ts";
import {
  type Expression,
  INVALID,
  isComputed,
  isInvalid,
  isList,
  isMap,
  type Value,
  type ValueMap,
} from "./value.ts";

/** Takes every mistake that is found in templates. */
export type Report = (diagnostic: Diagnostic) => void;

/** The value of a node with its templates evaluated. What cannot be evaluated is reported and stands as INVALID. */
export function evaluateNode(node: SpecNode, scope: TemplateScope, report: Report): Value {
  switch (node.kind) {
    case "scalar":
      return typeof node.value === "string" && !node.isRaw
        ? evaluateText(node.value, node.range, scope, report)
        : node.value;
    case "list":
      return node.items.map((item) => evaluateNode(item, scope, report));
    case "unset":
      return null;
    case "map":
      return evaluateEntries(node, scope, report);
  }
}

function evaluateEntries(node: MapNode, scope: TemplateScope, report: Report): ValueMap {
  const result = new Map<string, Value>();
  const placeByKey = new Map<string, Range>();
  for (const [written, entry] of node.entries) {
    const key = isTemplate(written) ? evaluateKey(written, entry.keyRange, scope, report) : written;
    const value = evaluateNode(entry.value, scope, report);
    if (key === undefined) continue;
    const earlier = placeByKey.get(key);
    if (earlier) {
      report({
        code: "duplicate-key",
        severity: "error",
        message: `'${written}' is '${key}', which is in the same map twice`,
        hint: "keep one of the two",
        range: entry.keyRange,
        related: [{ message: `'${key}' is first written here`, range: earlier }],
      });
    }
    placeByKey.set(key, entry.keyRange);
    result.set(key, value);
  }
  return result;
}

function evaluateKey(
  written: string,
  range: Range,
  scope: TemplateScope,
  report: Report,
): string | undefined {
  const key = evaluateText(written, range, scope, report);
  if (isInvalid(key)) return undefined;
  if (isComputed(key)) {
    report({
      code: "template-not-allowed",
      severity: "error",
      message: `the key '${written}' would only be known when Terraform runs`,
      hint: "a key holds names that are known at compile time; put what is computed into the value",
      range,
    });
    return undefined;
  }
  if (key !== null && !isMap(key) && !isList(key)) return asText(key);
  report({
    code: "wrong-arguments",
    severity: "error",
    message: `the key '${written}' is ${describeValue(key)}`,
    hint: "a key is text",
    range,
  });
  return undefined;
}

/** The value of one text: itself where it is no template. */
export function evaluateText(text: string, range: Range, scope: TemplateScope, report: Report): Value {
  if (!isTemplate(text)) return text;
  const place: TemplatePlace = { text, range };
  const parsed = parseTemplate(text);
  if (parsed.status === "bad") {
    const { message, hint } = parsed;
    report({ code: "bad-template", severity: "error", message, hint, range: narrowRange(place, parsed) });
    return INVALID;
  }
  const { parts } = parsed.template;
  const valueOf = (part: string | TemplateCall): Value =>
    typeof part === "string"
      ? part
      : reportProblem(place, part, report, () => evaluateCall(part, scope, place));
  const [only, second] = parts;
  if (only !== undefined && second === undefined) return valueOf(only);
  return joinParts(parts, parts.map(valueOf), place, report);
}

function joinParts(
  sources: readonly (string | TemplateCall)[],
  values: readonly Value[],
  place: TemplatePlace,
  report: Report,
): Value {
  const parts: (string | Expression)[] = [];
  let isSpoilt = false;
  for (const [index, value] of values.entries()) {
    const source = sources[index];
    if (isComputed(value)) parts.push(...value.parts);
    else if (typeof source === "string" || source === undefined) parts.push(asText(value));
    else {
      const text = reportProblem(place, source, report, () => insideText(value));
      if (typeof text === "string") parts.push(text);
      else isSpoilt = true;
    }
    isSpoilt ||= isInvalid(value);
  }
  if (isSpoilt) return INVALID;
  const joined = joinTexts(parts);
  return joined.every((part) => typeof part === "string")
    ? joined.join("")
    : { kind: "computed", parts: joined };
}

function insideText(value: Value): string {
  if (value !== null && !isMap(value) && !isList(value)) return asText(value);
  const hint =
    value === null
      ? "give it a value, or use 'coalesce'"
      : "use 'jsonencode' or 'join', or let the template stand alone";
  throw new TemplateProblem("wrong-arguments", `${describeValue(value)} cannot stand inside text`, hint);
}

function joinTexts(parts: readonly (string | Expression)[]): (string | Expression)[] {
  const result: (string | Expression)[] = [];
  for (const part of parts) {
    const last = result.at(-1);
    if (typeof part === "string" && typeof last === "string") result[result.length - 1] = last + part;
    else result.push(part);
  }
  return result;
}

function reportProblem(place: TemplatePlace, call: TemplateCall, report: Report, work: () => Value): Value {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof TemplateProblem)) throw error;
    report({
      code: error.code,
      severity: "error",
      message: error.message,
      ...(error.hint !== undefined && { hint: error.hint }),
      range: narrowRange(place, error.call ?? call),
    });
    return INVALID;
  }
}
