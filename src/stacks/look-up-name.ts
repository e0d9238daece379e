import { suggest } from "../diagnostics/suggest.ts";
import type { Range } from "../source/source.ts";
import type { PlatformSpec } from "../spec/platform.ts";
import type { NameResult } from "../templates/scope.ts";
import {
  computed,
  INVALID,
  isComputed,
  isInvalid,
  isList,
  isMap,
  type Value,
  type ValueMap,
} from "../templates/value.ts";
import { imageName } from "./image-name.ts";
import type { NameSurroundings, StackVars } from "./name-surroundings.ts";
import type { StackInstance } from "./stack.ts";

const ROOTS = [
  "platform",
  "environment",
  "customer",
  "app",
  "stack",
  "each",
  "vars",
  "var",
  "outputs",
  "self",
];
const WHERE_KNOWN: ReadonlyMap<string, string> = new Map([
  ["customer", "it is known in a stack with 'per: customer' only"],
  ["app", "it is known in a stack with 'app' only"],
  ["each", "it is known in a stack with 'for_each' only"],
]);

/** What only services of `compose` read, and what there is elsewhere. */
const IN_COMPOSE: ReadonlyMap<string, string> = new Map([
  [
    "inputs",
    "what several places read stands in 'vars'; what another stack made is '{{outputs.STACK.OUTPUT}}'",
  ],
  ["services", "a stack reads the outputs of stacks: '{{outputs.STACK.OUTPUT}}'"],
  ["compose", "a password is a variable: '{{var.NAME}}'"],
]);

/** What a dotted name stands for in one stack. */
export function lookUpName(
  around: NameSurroundings,
  path: readonly string[],
  coordinates: ReadonlyMap<string, Value>,
  range: Range,
): NameResult {
  const { names, vars } = around;
  const [root = "", ...rest] = path;
  if (coordinates.size > 0 && root !== "outputs")
    return {
      status: "bad",
      code: "wrong-arguments",
      message: `'${path.join(".")}' takes no coordinates`,
      hint: "only outputs are found by environment, customer and each",
    };
  switch (root) {
    case "vars":
      return varOf(vars, rest);
    case "var":
      return variableOf(around, rest, range);
    case "outputs":
      return names.outputs ? names.outputs(rest, coordinates, range) : notKnown(path.join("."));
    case "self":
      return names.self
        ? names.self(rest, range)
        : {
            status: "bad",
            code: "template-not-allowed",
            message: "'self' is read by checks and steps only",
            hint: "elsewhere, a stack's own values are written where they come from",
          };
    default:
      return names.own?.get(root)?.(rest) ?? fieldOf(around, root, rest);
  }
}

function varOf(vars: StackVars, path: readonly string[]): NameResult {
  const [name, ...rest] = path;
  if (name === undefined) return unknown("'vars' is a map; name one of its entries", vars.names, "");
  const value = vars.get(name);
  return value === undefined
    ? unknown(`there is no '${name}' in 'vars'`, vars.names, name)
    : descend(value, rest, `vars.${name}`);
}

function variableOf({ spec, names }: NameSurroundings, path: readonly string[], range: Range): NameResult {
  const [name = "", ...rest] = path;
  if (!spec.variables.has(name))
    return unknown(`there is no variable '${name}' under 'variables'`, [...spec.variables.keys()], name);
  if (!names.allowsVariables) return notKnown(`var.${name}`);
  if (rest.length === 0) return { status: "ok", value: computed({ kind: "variable", name, range }) };
  return {
    status: "bad",
    code: "unknown-name",
    message: `'var.${name}' cannot be read in parts here`,
    hint: "declare a variable for each part",
  };
}

function onlyInCompose(root: string): NameResult {
  return {
    status: "bad",
    code: "template-not-allowed",
    message: `'${root}' is read by services of 'compose' only`,
    hint: IN_COMPOSE.get(root) ?? "",
  };
}

function fieldOf(around: NameSurroundings, root: string, path: readonly string[]): NameResult {
  const { spec, instance } = around;
  if (IN_COMPOSE.has(root)) return onlyInCompose(root);
  const roots = [...ROOTS, ...(around.names.own?.keys() ?? [])];
  if (!ROOTS.includes(root)) return unknown(`templates know no '${root}'`, roots, root);
  const value = fieldsOf(spec, instance, root);
  if (root === "app" && IMAGE_FIELDS.has(path[0]) && value && !value.has("tag"))
    return imageless(instance.app);
  if (root === "app" && path[0] === "image" && path.length === 1 && instance.app !== undefined)
    return imageName(around, instance.app) ?? notKnown("app.image");
  if (value && path.length === 0)
    return unknown(`'${root}' is a map; name one of its entries`, [...value.keys()], "");
  if (value) return descend(value, path, root);
  return {
    status: "bad",
    code: "unknown-name",
    message: `'${root}' means nothing in stack '${instance.name}'`,
    hint: WHERE_KNOWN.get(root) ?? "",
  };
}

/** The entries of a name's first word; undefined where it means nothing in this stack. */
function fieldsOf(spec: PlatformSpec, instance: StackInstance, root: string): ValueMap | undefined {
  const { environment, customer, app, each } = instance;
  switch (root) {
    case "platform":
      return named(spec.name);
    case "environment":
      return named(environment.name).set("shared", environment.isShared);
    case "customer":
      return customer === undefined ? undefined : named(customer);
    case "app":
      return app === undefined ? undefined : appFields(spec, app);
    case "stack":
      return named(instance.name).set("address", instance.address).set("stage", instance.stage);
    default:
      return each && new Map<string, Value>([["key", each.key]]).set("value", each.value);
  }
}

/** The tag is that of the app's image, where it has one; a fault of its folder has been reported there. */
function appFields(spec: PlatformSpec, app: string): ValueMap {
  const image = spec.apps.get(app)?.image;
  return image ? named(app).set("tag", image.tag ?? INVALID) : named(app);
}

const IMAGE_FIELDS: ReadonlySet<string | undefined> = new Set(["tag", "image"]);

function imageless(app = ""): NameResult {
  return {
    status: "bad",
    code: "unknown-name",
    message: `app '${app}' has no image`,
    hint: "write 'image: { context: FOLDER }' at the app, with the folder of its Dockerfile",
  };
}

function named(name: string): Map<string, Value> {
  return new Map<string, Value>([["name", name]]);
}

/** Follows a dotted path into a known value. */
export function descend(value: Value, path: readonly string[], from: string): NameResult {
  let at = value;
  let walked = from;
  for (const step of path) {
    if (isInvalid(at)) return { status: "ok", value: at };
    if (isComputed(at)) return notKnown(`${walked}.${step}`);
    const next = isMap(at) ? at.get(step) : isList(at) && /^\d+$/.test(step) ? at[Number(step)] : undefined;
    if (next === undefined)
      return unknown(`there is no '${step}' in '${walked}'`, isMap(at) ? [...at.keys()] : [], step);
    at = next;
    walked = `${walked}.${step}`;
  }
  return { status: "ok", value: at };
}

function unknown(message: string, known: readonly string[], name: string): NameResult {
  const near = suggest(name, known);
  const all = known.length > 0 ? `there are ${known.map((one) => `'${one}'`).join(", ")}` : undefined;
  const hint = near === undefined ? all : `did you mean '${near}'?`;
  return { status: "bad", code: "unknown-name", message, ...(hint !== undefined && { hint }) };
}

/** A name that Terraform alone knows, where the value must be known at compile time. */
export function notKnown(name: string): NameResult {
  return {
    status: "bad",
    code: "template-not-allowed",
    message: `'${name}' is only known when Terraform runs, and this must be known at compile time`,
    hint: "use 'vars', or a name of the environment, customer or stack",
  };
}
