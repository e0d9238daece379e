import { suggest } from "../diagnostics/suggest.ts";
import { mergeMaps } from "../spec/merge-nodes.ts";
import type { MapNode } from "../spec/node.ts";
import type { PlatformSpec } from "../spec/platform.ts";
import { evaluateNode, type Report } from "../templates/evaluate.ts";
import type { NameResult, TemplateScope } from "../templates/scope.ts";
import type { TemplateCall } from "../templates/template.ts";
import { computed, isComputed, isList, isMap, type Value } from "../templates/value.ts";
import type { StackInstance } from "./stack.ts";

/** What else than known names a template may read, by its first word. */
export interface DynamicNames {
  readonly outputs?: (path: readonly string[], coordinates: ReadonlyMap<string, Value>) => NameResult;
  readonly self?: (path: readonly string[]) => NameResult;
  readonly allowsVariables?: boolean;
  readonly file?: (path: string) => NameResult;
}

/** Makes the scopes in which templates of a stack are evaluated. */
export interface NameScopes {
  /** Only names that are known at compile time. */
  readonly static: (instance: StackInstance) => TemplateScope;
  /** Known names and the given others. */
  readonly dynamic: (instance: StackInstance, names: DynamicNames) => TemplateScope;
}

const ROOTS = ["platform", "environment", "customer", "app", "stack", "each", "vars", "var", "outputs", "self"];

/** Scopes over a platform; `vars` of an environment and customer are evaluated once. */
export function nameScopes(spec: PlatformSpec, report: Report): NameScopes {
  const varsByPlace = new Map<string, Vars>();
  const varsOf = (instance: StackInstance): Vars => {
    const place = `${instance.environment.name}/${instance.customer ?? ""}/${instance.app ?? ""}`;
    const known = varsByPlace.get(place);
    if (known) return known;
    const vars = new Vars(varsNode(spec, instance), spec, instance, report);
    varsByPlace.set(place, vars);
    return vars;
  };
  const scope = (instance: StackInstance, names: DynamicNames): TemplateScope => ({
    name: (call, coordinates) => lookUp(spec, instance, varsOf(instance), names, call, coordinates),
    file: (path) => (names.file ? names.file(path) : notKnown(`path '${path}'`)),
  });
  return { static: (instance) => scope(instance, {}), dynamic: scope };
}

function varsNode(spec: PlatformSpec, instance: StackInstance): MapNode {
  const customer = instance.customer === undefined ? undefined : spec.customers.get(instance.customer);
  const app = instance.app === undefined ? undefined : spec.apps.get(instance.app);
  const layers = [
    app?.vars,
    instance.environment.vars,
    customer?.vars,
    customer?.environments.get(instance.environment.name)?.vars,
  ].filter((layer) => layer !== undefined);
  return mergeMaps(spec.vars, ...layers);
}

/** Entries of `vars`, each evaluated when first read, so that they may build on each other. */
class Vars {
  private readonly values = new Map<string, Value>();
  private readonly open: string[] = [];

  constructor(
    readonly node: MapNode,
    private readonly spec: PlatformSpec,
    private readonly instance: StackInstance,
    private readonly report: Report,
  ) {}

  get(name: string): Value | undefined {
    const known = this.values.get(name);
    if (known !== undefined) return known;
    const entry = this.node.entries.get(name);
    if (!entry) return undefined;
    if (this.open.includes(name)) {
      const cycle = [...this.open.slice(this.open.indexOf(name)), name];
      this.report({
        code: "variable-cycle",
        severity: "error",
        message: `'vars' need each other in a circle: ${cycle.map((step) => `'${step}'`).join(" → ")}`,
        hint: "give one of them a value of its own",
        range: entry.keyRange,
      });
      return null;
    }
    this.open.push(name);
    const scope: TemplateScope = {
      name: (call, coordinates) => lookUp(this.spec, this.instance, this, {}, call, coordinates),
      file: (path) => notKnown(`path '${path}'`),
    };
    const value = evaluateNode(entry.value, scope, this.report);
    this.open.pop();
    this.values.set(name, value);
    return value;
  }
}

function lookUp(
  spec: PlatformSpec,
  instance: StackInstance,
  vars: Vars,
  names: DynamicNames,
  call: TemplateCall,
  coordinates: ReadonlyMap<string, Value>,
): NameResult {
  const [root = "", ...rest] = call.path;
  if (coordinates.size > 0 && root !== "outputs") {
    return { status: "bad", code: "wrong-arguments", message: `'${call.path.join(".")}' takes no coordinates`, hint: "only outputs are found by environment, customer and each" };
  }
  switch (root) {
    case "vars":
      return varOf(vars, rest);
    case "var":
      return variableOf(spec, names, rest);
    case "outputs":
      return names.outputs ? names.outputs(rest, coordinates) : notKnown(call.path.join("."));
    case "self":
      return names.self ? names.self(rest) : { status: "bad", code: "template-not-allowed", message: "'self' is read by checks only", hint: "elsewhere, a stack's own values are written where they come from" };
    default:
      return fieldOf(spec, instance, root, rest);
  }
}

function varOf(vars: Vars, path: readonly string[]): NameResult {
  const [name, ...rest] = path;
  if (name === undefined) return bad("'vars' is a map; name one of its entries", [...vars.node.entries.keys()], "");
  const value = vars.get(name);
  if (value === undefined) return bad(`there is no '${name}' in 'vars'`, [...vars.node.entries.keys()], name);
  return descend(value, rest, `vars.${name}`);
}

function variableOf(spec: PlatformSpec, names: DynamicNames, path: readonly string[]): NameResult {
  const [name = "", ...rest] = path;
  if (!spec.variables.has(name)) return bad(`there is no variable '${name}' under 'variables'`, [...spec.variables.keys()], name);
  if (!names.allowsVariables) return notKnown(`var.${name}`);
  if (rest.length > 0) return { status: "bad", code: "unknown-name", message: `'var.${name}' cannot be read in parts here`, hint: "declare a variable for each part" };
  return { status: "ok", value: computed({ kind: "variable", name }) };
}

function fieldOf(spec: PlatformSpec, instance: StackInstance, root: string, path: readonly string[]): NameResult {
  const { environment, customer, app, each } = instance;
  const fields: Record<string, ReadonlyMap<string, Value> | undefined> = {
    platform: new Map([["name", spec.name]]),
    environment: new Map<string, Value>([["name", environment.name], ["shared", environment.isShared]]),
    customer: customer === undefined ? undefined : new Map([["name", customer]]),
    app: app === undefined ? undefined : new Map([["name", app]]),
    stack: new Map([["name", instance.name], ["address", instance.address], ["stage", instance.stage]]),
    each: each === undefined ? undefined : new Map<string, Value>([["key", each.key], ["value", each.value]]),
  };
  if (!(root in fields)) return bad(`templates know no '${root}'`, ROOTS, root);
  const value = fields[root];
  if (value) return path.length === 0 ? bad(`'${root}' is a map; name one of its entries`, [...value.keys()], "") : descend(value, path, root);
  const hints: Record<string, string> = {
    customer: "it is known in a stack with 'per: customer' only",
    app: "it is known in a stack with 'app' only",
    each: "it is known in a stack with 'for_each' only",
  };
  return { status: "bad", code: "unknown-name", message: `'${root}' means nothing in stack '${instance.name}'`, hint: hints[root] ?? "" };
}

/** Follows a dotted path into a known value. */
function descend(value: Value, path: readonly string[], from: string): NameResult {
  let at = value;
  let walked = from;
  for (const step of path) {
    if (isComputed(at)) return notKnown(`${walked}.${step}`);
    const next = isMap(at) ? at.get(step) : isList(at) ? at[Number(step)] : undefined;
    if (next === undefined) return bad(`there is no '${step}' in '${walked}'`, isMap(at) ? [...at.keys()] : [], step);
    at = next;
    walked = `${walked}.${step}`;
  }
  return { status: "ok", value: at };
}

function bad(message: string, known: readonly string[], name: string): NameResult {
  const near = suggest(name, known);
  const hint = near ? `did you mean '${near}'?` : known.length > 0 ? `there are ${known.map((one) => `'${one}'`).join(", ")}` : undefined;
  return { status: "bad", code: "unknown-name", message, ...(hint !== undefined && { hint }) };
}

function notKnown(name: string): NameResult {
  return {
    status: "bad",
    code: "template-not-allowed",
    message: `'${name}' is only known when Terraform runs, and this must be known at compile time`,
    hint: "use 'vars', or a name of the environment, customer or stack",
  };
}
