import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { DiagnosticCode } from "../diagnostics/codes.ts";
import { suggest } from "../diagnostics/suggest.ts";
import type { Range } from "../source/source.ts";
import type { SpecNode } from "../spec/node.ts";
import { ArgumentError, asText, describeValue, TEMPLATE_FUNCTIONS } from "./functions.ts";
import { isTemplate, parseTemplate } from "./parse-template.ts";
import type { NameResult, TemplateScope } from "./scope.ts";
import type { TemplateArgument, TemplateCall } from "./template.ts";
import { computed, type Expression, isComputed, isKnown, isList, isMap, type Value } from "./value.ts";

/** Takes every mistake that is found in templates. */
export type Report = (diagnostic: Diagnostic) => void;

class TemplateProblem extends Error {
  constructor(
    readonly code: DiagnosticCode,
    message: string,
    readonly hint: string | undefined,
    readonly source: string | undefined,
  ) {
    super(message);
  }
}

/** The value of a node with its templates evaluated. What cannot be evaluated is reported and stands as null. */
export function evaluateNode(node: SpecNode, scope: TemplateScope, report: Report): Value {
  switch (node.kind) {
    case "scalar":
      return typeof node.value === "string" && !node.isRaw ? evaluateText(node.value, node.range, scope, report) : node.value;
    case "list":
      return node.items.map((item) => evaluateNode(item, scope, report));
    case "unset":
      return null;
    case "map":
      return evaluateEntries(node, scope, report);
  }
}

function evaluateEntries(node: Extract<SpecNode, { kind: "map" }>, scope: TemplateScope, report: Report): Value {
  const result = new Map<string, Value>();
  for (const [key, entry] of node.entries) {
    const evaluated = evaluateText(key, entry.keyRange, scope, report);
    if (evaluated === null || isComputed(evaluated)) {
      if (evaluated !== null) {
        report({
          code: "template-not-allowed",
          severity: "error",
          message: `the key '${key}' would only be known when Terraform runs`,
          hint: "a key holds names that are known at compile time; put what is computed into the value",
          range: entry.keyRange,
        });
      }
      continue;
    }
    result.set(String(evaluated), evaluateNode(entry.value, scope, report));
  }
  return result;
}

/** The value of one text: itself where it is no template. */
export function evaluateText(text: string, range: Range, scope: TemplateScope, report: Report): Value {
  if (!isTemplate(text)) return text;
  const parsed = parseTemplate(text);
  if (parsed.status === "bad") {
    report({ code: "bad-template", severity: "error", message: parsed.message, hint: parsed.hint, range: narrow(range, parsed.source) });
    return null;
  }
  const parts: Value[] = [];
  for (const part of parsed.template.parts) {
    if (typeof part === "string") parts.push(part);
    else {
      const value = reporting(part, range, report, () => evaluateCall(part, scope));
      if (value === undefined) return null;
      parts.push(value);
    }
  }
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  return joinParts(parsed.template.parts, parts, range, report);
}

function joinParts(sources: readonly (string | TemplateCall)[], values: readonly Value[], range: Range, report: Report): Value {
  const parts: (string | Expression)[] = [];
  for (const [index, value] of values.entries()) {
    if (isComputed(value)) {
      parts.push(...value.parts);
      continue;
    }
    const source = sources[index];
    const text = reporting(typeof source === "string" ? undefined : source, range, report, () => {
      if (value === null || isMap(value) || isList(value)) {
        throw new TemplateProblem(
          "wrong-arguments",
          `${describeValue(value)} cannot stand inside text`,
          value === null ? "give it a value, or use 'coalesce'" : "use 'jsonencode' or 'join', or let the template stand alone",
          typeof source === "string" ? undefined : source?.source,
        );
      }
      return asText(value);
    });
    if (text === undefined) return null;
    parts.push(text as string);
  }
  const joined = joinTexts(parts);
  return joined.every((part) => typeof part === "string") ? joined.join("") : { kind: "computed", parts: joined };
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

function reporting(call: TemplateCall | undefined, range: Range, report: Report, work: () => Value): Value | undefined {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof TemplateProblem)) throw error;
    report({
      code: error.code,
      severity: "error",
      message: error.message,
      ...(error.hint !== undefined && { hint: error.hint }),
      range: narrow(range, error.source ?? call?.source),
    });
    return undefined;
  }
}

function evaluateCall(call: TemplateCall, scope: TemplateScope): Value {
  const [name = ""] = call.path;
  const isFunction = call.path.length === 1 && (call.arguments.length > 0 || TEMPLATE_FUNCTIONS.has(name) || name === "path");
  if (isFunction) return evaluateFunction(name, call, scope);
  if (call.arguments.length > 0) throw new TemplateProblem("unknown-helper", `'${call.path.join(".")}' is no function`, functionHint(name), call.source);
  const coordinates = new Map([...call.coordinates].map(([key, argument]) => [key, evaluateArgument(argument, scope)] as const));
  return unwrap(scope.name(call, coordinates), call);
}

function evaluateFunction(name: string, call: TemplateCall, scope: TemplateScope): Value {
  const values = call.arguments.map((argument) => evaluateArgument(argument, scope));
  if (name === "path") return evaluatePath(values, call, scope);
  const definition = TEMPLATE_FUNCTIONS.get(name);
  if (!definition) throw new TemplateProblem("unknown-helper", `'${name}' is no function of templates`, functionHint(name), call.source);
  if (values.length < definition.minimum || values.length > definition.maximum) {
    throw new TemplateProblem("wrong-arguments", `'${name}' is given ${values.length} arguments`, `write it as {{${name} ${definition.parameters}}}`, call.source);
  }
  const known = values.every(isKnown) ? compute(name, definition.compute, values, call) : undefined;
  return known === undefined ? computed({ kind: "call", name, arguments: values }) : known;
}

function compute(name: string, work: (values: readonly Value[]) => Value | undefined, values: readonly Value[], call: TemplateCall): Value | undefined {
  try {
    return work(values);
  } catch (error) {
    if (!(error instanceof ArgumentError)) throw error;
    throw new TemplateProblem("wrong-arguments", `'${name}' cannot take this: ${error.message}`, undefined, call.source);
  }
}

function evaluatePath(values: readonly Value[], call: TemplateCall, scope: TemplateScope): Value {
  const [path] = values;
  if (values.length !== 1 || typeof path !== "string") {
    throw new TemplateProblem("wrong-arguments", "'path' takes one text that is known at compile time", "write it as {{path 'functions/name'}}", call.source);
  }
  return unwrap(scope.file(path), call);
}

function evaluateArgument(argument: TemplateArgument, scope: TemplateScope): Value {
  return argument.kind === "literal" ? argument.value : evaluateCall(argument.call, scope);
}

function unwrap(result: NameResult, call: TemplateCall): Value {
  if (result.status === "ok") return result.value;
  throw new TemplateProblem(result.code, result.message, result.hint, call.source);
}

function functionHint(name: string): string {
  const names = [...TEMPLATE_FUNCTIONS.keys(), "path"];
  const near = suggest(name, names);
  return near ? `did you mean '${near}'?` : `the functions are ${names.join(", ")}`;
}

/** The place of a piece of text within a node, where it can be found as it was written. */
function narrow(range: Range, source: string | undefined): Range {
  if (source === undefined) return range;
  const at = range.file.text.slice(range.start, range.end).indexOf(source);
  return at < 0 ? range : { file: range.file, start: range.start + at, end: range.start + at + source.length };
}
