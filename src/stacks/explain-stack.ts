import { suggest } from "../diagnostics/suggest.ts";
import type { Range } from "../source/source.ts";
import { child, emptyMap, type MapNode, type SpecNode } from "../spec/node.ts";
import { evaluateNode } from "../templates/evaluate.ts";
import { isList, isMap, type Value } from "../templates/value.ts";
import type { Json } from "../text/json.ts";
import { isJsonObject } from "../text/json.ts";
import { layerValues, type LayeredValue, type Saying } from "./layered-values.ts";
import { nameScopes } from "./name-scopes.ts";
import type { Platform } from "./platform-model.ts";
import { moduleNameOf } from "./read-module-calls.ts";
import type { Layer, ModuleCall, Stack } from "./stack.ts";

/** A value of a stack, where it comes from, and what it is with its templates evaluated. */
export interface ExplainedValue extends LayeredValue {
  readonly value: Value | undefined;
  /** What a module says must not be shown. */
  readonly isSensitive: boolean;
}

export type Explanation =
  | {
      readonly status: "ok";
      readonly values: readonly ExplainedValue[];
      /** Every value of the stack: whoever shows some must know the secrets of all. */
      readonly all: readonly ExplainedValue[];
    }
  | { readonly status: "bad"; readonly message: string; readonly hint: string };

export const MODULE_DEFAULT = "default of the module";
export const PLATC_DEFAULT = "default of platc";

/**
 * Where the values of a stack come from: those at or below a dotted path such as `inputs.host`, `state.config.bucket` or
 * `vars.region`; without one, the whole definition, without the defaults of modules and `vars`.
 */
export function explainStack(platform: Platform, stack: Stack, path: string | undefined): Explanation {
  const layered = topKeys(stack).flatMap((key) => layerValues([key], sayingsOf(platform, stack, key)));
  const all = layered.map((one) => ({
    ...one,
    value: valueOf(platform, stack, one),
    isSensitive: isSensitive(platform, stack, one.path),
  }));
  if (path === undefined) {
    const values = all.filter((one) => one.path[0] !== "vars" && one.winner.origin !== MODULE_DEFAULT);
    return { status: "ok", values, all };
  }
  const wanted = path.replace(/\[(\d+)\]/g, ".$1");
  const values = all.filter(({ path: steps, winner }) => {
    const name = steps.join(".");
    const isInList = winner.node.kind === "list" && wanted.startsWith(`${name}.`);
    return name === wanted || name.startsWith(`${wanted}.`) || isInList;
  });
  return values.length > 0 ? { status: "ok", values, all } : unknownPath(stack, wanted, all);
}

function topKeys(stack: Stack): readonly string[] {
  const written = stack.layers.flatMap(({ node }) => [...node.entries.keys()]);
  const calls = child(stack.definition, "module") ? ["inputs"] : [];
  const defaults = ["address", "stage", "per", "refresh"];
  return [...new Set([...defaults, ...written, ...calls, "providers", "state", "vars"])];
}

function sayingsOf(platform: Platform, stack: Stack, key: string): readonly Saying[] {
  const below = defaultsOf(platform, stack, key);
  if (key === "vars") return [...below, ...varsOf(platform, stack)];
  return [
    ...below,
    ...stack.layers.flatMap((layer) => {
      const node = child(layer.node, key) ?? removedBy(layer);
      return node ? [{ origin: originOf(stack, layer), node }] : [];
    }),
  ];
}

/** A layer marked `!replace` as a whole removes every key that it does not say itself. */
function removedBy({ node }: Layer): SpecNode | undefined {
  return node.replaces ? { kind: "unset", range: node.range } : undefined;
}

function varsOf({ spec }: Platform, stack: Stack): readonly Saying[] {
  const customer = stack.customer === undefined ? undefined : spec.customers.get(stack.customer);
  const app = stack.app === undefined ? undefined : spec.apps.get(stack.app);
  const layers: readonly (readonly [string, MapNode | undefined])[] = [
    ["platform", spec.vars],
    [`app '${stack.app ?? ""}'`, app?.vars],
    [`environment '${stack.environment.name}'`, stack.environment.vars],
    [`customer '${stack.customer ?? ""}'`, customer?.vars],
    [
      `customer '${stack.customer ?? ""}' in '${stack.environment.name}'`,
      customer?.environments.get(stack.environment.name)?.vars,
    ],
  ];
  return layers.flatMap(([origin, node]) => (node && node.entries.size > 0 ? [{ origin, node }] : []));
}

/** What counts where no layer of the stack says anything. */
function defaultsOf(platform: Platform, stack: Stack, key: string): readonly Saying[] {
  const platc = (value: string): Saying => ({
    origin: PLATC_DEFAULT,
    node: literal(value, stack.spec.range),
  });
  const { spec } = platform;
  switch (key) {
    case "address":
      return [platc(stack.name)];
    case "stage":
      return [platc(spec.stages[0] ?? "")];
    case "per":
      return [platc("environment")];
    case "refresh":
      return [platc("changed")];
    case "state": {
      const standard = mapNode(
        [["key", literal("{{platform.name}}/{{stack.address}}/terraform.tfstate", spec.state.range)]],
        spec.state.range,
      );
      const { entries } = spec.state;
      const node = { ...spec.state, entries: new Map([...entries].filter(([name]) => name !== "bootstrap")) };
      return [
        { origin: PLATC_DEFAULT, node: standard },
        { origin: "platform", node },
      ];
    }
    case "providers": {
      const configs = [...stack.providers.keys()].flatMap((name) => {
        const provider = spec.providers.get(name);
        return provider && provider.config.entries.size > 0 ? [[name, provider.config] as const] : [];
      });
      return configs.length === 0 ? [] : [{ origin: "platform", node: mapNode(configs, spec.range) }];
    }
    case "inputs": {
      const call = stack.modules.find((one) => one.name === moduleNameOf(stack.name));
      return call
        ? [{ origin: MODULE_DEFAULT, node: defaultsOfModule(platform, call, saidInputs(stack)) }]
        : [];
    }
    case "modules": {
      const calls = stack.modules.filter((call) => child(child(stack.definition, "modules"), call.name));
      const nodes = calls.map((call) => {
        const inputs = defaultsOfModule(platform, call, saidInputs(stack, call.name));
        return [call.name, mapNode([["inputs", inputs]], inputs.range)] as const;
      });
      return nodes.length === 0 ? [] : [{ origin: MODULE_DEFAULT, node: mapNode(nodes, stack.spec.range) }];
    }
    default:
      return [];
  }
}

/** Names of the inputs that a layer sets. */
function saidInputs(stack: Stack, call?: string): ReadonlySet<string> {
  const owner = call === undefined ? stack.definition : child(child(stack.definition, "modules"), call);
  const inputs = child(owner, "inputs");
  return new Set(inputs?.kind === "map" ? inputs.entries.keys() : []);
}

/** Terraform joins no map with the default of the module: one that is set takes its place. */
function defaultsOfModule(
  { contracts, modules }: Platform,
  { source }: ModuleCall,
  said: ReadonlySet<string>,
): MapNode {
  const file = { path: modules.get(source)?.folder ?? source, text: "" };
  const range = { file, start: 0, end: 0 };
  const inputs = [...(contracts.get(source)?.inputs.values() ?? [])];
  return mapNode(
    inputs.flatMap(({ name, default: value }) =>
      value === undefined || (isJsonObject(value) && said.has(name))
        ? []
        : [[name, nodeOfJson(value, range)] as const],
    ),
    range,
  );
}

function nodeOfJson(value: Json, range: Range): SpecNode {
  if (Array.isArray(value))
    return { kind: "list", items: value.map((item: Json) => nodeOfJson(item, range)), range };
  if (!isJsonObject(value))
    return { kind: "scalar", value: value as Exclude<Json, object>, isRaw: true, range };
  return mapNode(
    Object.entries(value).map(([key, item]) => [key, nodeOfJson(item, range)] as const),
    range,
  );
}

function mapNode(entries: readonly (readonly [string, SpecNode])[], range: Range): MapNode {
  return {
    ...emptyMap(range),
    entries: new Map(entries.map(([key, value]) => [key, { keyRange: value.range, value }])),
  };
}

function literal(value: string, range: Range): SpecNode {
  return { kind: "scalar", value, isRaw: false, range };
}

function originOf(stack: Stack, { origin }: Layer): string {
  switch (origin) {
    case "stack":
      return `stack '${stack.name}'`;
    case "environment":
      return `environment '${stack.environment.name}'`;
    case "customer":
      return `customer '${stack.customer ?? ""}'`;
    case "customer in environment":
      return `customer '${stack.customer ?? ""}' in '${stack.environment.name}'`;
  }
}

function valueOf(platform: Platform, stack: Stack, { path, winner }: LayeredValue): Value | undefined {
  if (winner.node.kind === "unset") return undefined;
  const [first, ...rest] = path;
  switch (first) {
    case "inputs":
      return inputOf(stack, moduleNameOf(stack.name), rest) ?? literalOf(winner.node);
    case "modules":
      if (rest[1] !== "inputs") return literalOf(winner.node);
      return inputOf(stack, rest[0] ?? "", rest.slice(2)) ?? literalOf(winner.node);
    case "state":
      if (rest[0] === "key") return stack.state.key;
      return rest[0] === "config" ? descend(stack.state.config, rest.slice(1)) : literalOf(winner.node);
    case "providers":
      return descend(stack.providers.get(rest[0] ?? "")?.config, rest.slice(1)) ?? literalOf(winner.node);
    case "data":
    case "resources":
    case "assertions":
    case "extra":
      return descend(stack[first], rest);
    case "outputs":
      return rest[1] === "value"
        ? descend(stack.outputs.get(rest[0] ?? "")?.value, rest.slice(2))
        : literalOf(winner.node);
    case "checks": {
      const check = stack.checks.find((one) => one.name === rest[0]);
      return rest[1] === check?.kind ? descend(check?.settings, rest.slice(2)) : literalOf(winner.node);
    }
    default:
      return evaluateNode(
        winner.node,
        nameScopes(platform.spec, () => undefined).static(stack),
        () => undefined,
      );
  }
}

function inputOf(stack: Stack, call: string, path: readonly string[]): Value | undefined {
  const [name = "", ...rest] = path;
  return descend(stack.modules.find((one) => one.name === call)?.inputs.get(name)?.value, rest);
}

function descend(value: Value | undefined, path: readonly string[]): Value | undefined {
  let at = value;
  for (const step of path) {
    if (at === undefined) return undefined;
    at = isMap(at) ? at.get(step) : isList(at) ? at[Number(step)] : undefined;
  }
  return at;
}

function literalOf(node: SpecNode): Value {
  switch (node.kind) {
    case "scalar":
      return node.value;
    case "list":
      return node.items.map(literalOf);
    case "unset":
      return null;
    case "map":
      return new Map([...node.entries].map(([key, entry]) => [key, literalOf(entry.value)]));
  }
}

function isSensitive({ contracts }: Platform, stack: Stack, path: readonly string[]): boolean {
  const [call, input] =
    path[0] === "modules"
      ? [path[1], path[3]]
      : path[0] === "inputs"
        ? [moduleNameOf(stack.name), path[1]]
        : [];
  const source = stack.modules.find((one) => one.name === call)?.source;
  return contracts.get(source ?? "")?.inputs.get(input ?? "")?.sensitive ?? false;
}

function unknownPath(stack: Stack, path: string, all: readonly LayeredValue[]): Explanation {
  const known = new Set<string>();
  for (const { path: steps } of all)
    for (let at = 1; at <= steps.length; at++) known.add(steps.slice(0, at).join("."));
  const near = suggest(path, known) ?? [...known].find((one) => one.endsWith(`.${path}`));
  return {
    status: "bad",
    message: `nothing says '${path}' in '${stack.address}'`,
    hint: near
      ? `did you mean '${near}'?`
      : `there are ${[...new Set(all.map((one) => `'${one.path[0]}'`))].join(", ")}`,
  };
}
