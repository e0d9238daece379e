import { suggest } from "../diagnostics/suggest.ts";
import { ArgumentError, TEMPLATE_FUNCTIONS, type TemplateFunction } from "./functions.ts";
import { narrowRange, type TemplatePlace } from "./narrow-range.ts";
import type { NameResult, TemplateScope } from "./scope.ts";
import type { TemplateArgument, TemplateCall } from "./template.ts";
import { TemplateProblem } from "./template-problem.ts";
import { computed, holdsInvalid, INVALID, isInvalid, isKnown, type Value } from "./value.ts";

const NO_COORDINATES: ReadonlyMap<string, Value> = new Map();

/** What one `{{...}}` means: a name looked up in the scope, or a function computed or left to Terraform. */
export function evaluateCall(call: TemplateCall, scope: TemplateScope, place: TemplatePlace): Value {
  const [name = ""] = call.path;
  const isFunction =
    call.path.length === 1 && (call.arguments.length > 0 || TEMPLATE_FUNCTIONS.has(name) || name === "path");
  if (isFunction) return evaluateFunction(name, call, scope, place);
  if (call.arguments.length > 0)
    throw new TemplateProblem(
      "unknown-helper",
      `'${call.path.join(".")}' is no function`,
      functionHint(name),
      call,
    );
  const coordinates = evaluateCoordinates(call, scope, place);
  return coordinates ? unwrap(scope.name(call.path, coordinates, narrowRange(place, call)), call) : INVALID;
}

/** Undefined where a mistake has been reported in one of them. */
function evaluateCoordinates(
  call: TemplateCall,
  scope: TemplateScope,
  place: TemplatePlace,
): ReadonlyMap<string, Value> | undefined {
  if (call.coordinates.size === 0) return NO_COORDINATES;
  const coordinates = new Map<string, Value>();
  for (const [key, argument] of call.coordinates)
    coordinates.set(key, evaluateArgument(argument, scope, place));
  return [...coordinates.values()].some(isInvalid) ? undefined : coordinates;
}

function evaluateFunction(
  name: string,
  call: TemplateCall,
  scope: TemplateScope,
  place: TemplatePlace,
): Value {
  const definition = TEMPLATE_FUNCTIONS.get(name);
  if (!definition && name !== "path")
    throw new TemplateProblem(
      "unknown-helper",
      `'${name}' is no function of templates`,
      functionHint(name),
      call,
    );
  const [coordinate] = call.coordinates.keys();
  if (coordinate !== undefined)
    throw new TemplateProblem(
      "wrong-arguments",
      `'${name}' is a function and takes no '${coordinate}='`,
      `where it is for an output, put both into parentheses: {{${name} (outputs.STACK.OUTPUT ${coordinate}='...')}}`,
      call,
    );
  const values = call.arguments.map((argument) => evaluateArgument(argument, scope, place));
  if (values.some(holdsInvalid)) return INVALID;
  return definition ? callFunction(name, definition, values, call) : evaluatePath(values, call, scope);
}

function callFunction(
  name: string,
  definition: TemplateFunction,
  values: readonly Value[],
  call: TemplateCall,
): Value {
  if (values.length < definition.minimum || values.length > definition.maximum) {
    const count = `${values.length} ${values.length === 1 ? "argument" : "arguments"}`;
    const hint = `write it as {{${name} ${definition.parameters}}}`;
    throw new TemplateProblem("wrong-arguments", `'${name}' is given ${count}`, hint, call);
  }
  const known = values.every(isKnown) ? compute(name, definition.compute, values, call) : undefined;
  return known === undefined ? computed({ kind: "call", name, arguments: values }) : known;
}

function compute(
  name: string,
  work: TemplateFunction["compute"],
  values: readonly Value[],
  call: TemplateCall,
): Value | undefined {
  try {
    return work(values);
  } catch (error) {
    if (!(error instanceof ArgumentError)) throw error;
    throw new TemplateProblem(
      "wrong-arguments",
      `'${name}' cannot take this: ${error.message}`,
      undefined,
      call,
    );
  }
}

function evaluatePath(values: readonly Value[], call: TemplateCall, scope: TemplateScope): Value {
  const [path] = values;
  if (values.length === 1 && typeof path === "string") return unwrap(scope.file(path), call);
  throw new TemplateProblem(
    "wrong-arguments",
    "'path' takes one text that is known at compile time",
    "write it as {{path 'functions/name'}}",
    call,
  );
}

function evaluateArgument(argument: TemplateArgument, scope: TemplateScope, place: TemplatePlace): Value {
  return argument.kind === "literal" ? argument.value : evaluateCall(argument.call, scope, place);
}

function unwrap(result: NameResult, call: TemplateCall): Value {
  if (result.status === "ok") return result.value;
  throw new TemplateProblem(result.code, result.message, result.hint, call);
}

function functionHint(name: string): string {
  const names = [...TEMPLATE_FUNCTIONS.keys(), "path"];
  const near = suggest(name, names);
  return near ? `did you mean '${near}'?` : `the functions are ${names.join(", ")}`;
}
