import type { ModuleContract } from "../modules/contract.ts";
import type { Range } from "../source/source.ts";
import { mergeMaps } from "../spec/merge-nodes.ts";
import { child, emptyMap, type MapNode, mapOf, type SpecNode, textOf } from "../spec/node.ts";
import type { PlatformSpec } from "../spec/platform.ts";
import { evaluateNode, type Report } from "../templates/evaluate.ts";
import type { NameResult, TemplateScope } from "../templates/scope.ts";
import { computed, expressionsIn, isMap, type Value, type ValueMap } from "../templates/value.ts";
import { byCodePoint } from "../text/compare.ts";
import { type Coordinates, findInstances, type InstancesByName } from "./find-instances.ts";
import type { NameScopes } from "./name-scopes.ts";
import type { CheckSpec, ConsumedOutput, ModuleCall, OutputSpec, Placed, ProviderUse, Stack, StackInstance, StateLocation } from "./stack.ts";

/** What connecting one stack needs to know of all the others. */
export interface Surroundings {
  readonly spec: PlatformSpec;
  readonly scopes: NameScopes;
  readonly instancesByName: InstancesByName;
  /** Contracts of the modules that could be read, by source as written. */
  readonly contracts: ReadonlyMap<string, ModuleContract>;
  /** Finds a file or folder beside the spec, by its path from the project root. */
  readonly findPath: (path: string) => string | undefined;
  readonly report: Report;
}

const DEFAULT_KEY = "{{platform.name}}/{{stack.address}}/terraform.tfstate";
const NO_VALUE: ValueMap = new Map();

/** Evaluates everything that a stack says and finds the stacks that it comes after. */
export function connectStack(instance: StackInstance, surroundings: Surroundings): Stack {
  const reader = new StackReader(instance, surroundings);
  const { definition } = instance;
  const modules = reader.modules();
  const providers = reader.providers(modules);
  const state = reader.state();
  const data = reader.value("data");
  const resources = reader.value("resources");
  const outputs = reader.outputs();
  const extra = reader.value("extra");
  const assertions = reader.value("assertions");
  const refactor = reader.value("refactor");
  const checks = reader.checks();
  const inTerraform: Value[] = [
    ...modules.flatMap((call) => [...call.inputs.values()].map((input) => input.value)),
    ...[...providers.uses.values()].map((use) => use.config),
    ...[...outputs.values()].map((output) => output.value),
    data,
    resources,
    extra,
    assertions,
    refactor,
  ];
  const consumed = consumedOutputs(inTerraform);
  const inChecks = consumedOutputs(checks.map((check) => check.settings));
  const after = reader.after();
  const upstream = [...consumed, ...inChecks].map((one) => one.address);
  return {
    ...instance,
    modules,
    providers: providers.uses,
    providerMapping: providers.mapping,
    state,
    data,
    resources,
    outputs,
    assertions,
    refactor,
    extra,
    checks,
    paths: sorted(inTerraform.flatMap((value) => [...expressionsIn(value)]).flatMap((one) => (one.kind === "path" ? [one.path] : []))),
    variables: sorted(inTerraform.flatMap((value) => [...expressionsIn(value)]).flatMap((one) => (one.kind === "variable" ? [one.name] : []))),
    consumed,
    upstream: sorted([...upstream, ...after]).filter((address) => address !== instance.address),
    previousAddresses: texts(child(definition, "moved")),
    refreshesAlways: textOf(child(definition, "refresh")) === "always",
  };
}

class StackReader {
  private readonly scope: TemplateScope;
  private readonly checkScope: TemplateScope;

  constructor(
    private readonly instance: StackInstance,
    private readonly around: Surroundings,
  ) {
    const names = { outputs: this.output.bind(this), allowsVariables: true, file: this.file.bind(this) };
    this.scope = around.scopes.dynamic(instance, names);
    this.checkScope = around.scopes.dynamic(instance, { ...names, self: this.self.bind(this) });
  }

  value(key: string): Value {
    const node = child(this.instance.definition, key);
    return node ? evaluateNode(node, this.scope, this.around.report) : NO_VALUE;
  }

  modules(): ModuleCall[] {
    const { definition, name } = this.instance;
    const single = textOf(child(definition, "module"));
    const own = single === undefined ? [] : [this.moduleCall(moduleNameOf(name), definition, definition.range)];
    const several = child(definition, "modules");
    if (several?.kind !== "map") return own;
    const calls = [...several.entries].map(([call, entry]) => this.moduleCall(call, mapOf(entry.value, entry.keyRange), entry.keyRange));
    return [...own, ...calls.sort((left, right) => byCodePoint(left.name, right.name))];
  }

  private moduleCall(name: string, node: MapNode, range: Range): ModuleCall {
    const sourceNode = child(node, "module");
    const source = textOf(sourceNode) ?? "";
    const inputs = new Map<string, Placed>();
    if (textOf(child(node, "inputs_from")) === "vars") this.fillFromVars(source, sourceNode?.range ?? range, inputs);
    const written = child(node, "inputs");
    if (written?.kind === "map") {
      for (const [input, entry] of written.entries) {
        const value = evaluateNode(entry.value, this.scope, this.around.report);
        inputs.set(input, { value, node: entry.value, keyRange: entry.keyRange });
      }
    }
    const isCall = node !== this.instance.definition;
    const providers = isCall ? stringEntries(child(node, "providers")) : new Map<string, string>();
    return { name, source, sourceRange: sourceNode?.range ?? range, inputs, providers, dependsOn: texts(child(node, "depends_on")), range };
  }

  private fillFromVars(source: string, range: Range, inputs: Map<string, Placed>): void {
    for (const name of this.around.contracts.get(source)?.inputs.keys() ?? []) {
      const result = this.scope.name({ path: ["vars", name], arguments: [], coordinates: new Map(), source: "" }, new Map());
      if (result.status !== "ok") continue;
      inputs.set(name, { value: result.value, node: { kind: "scalar", value: null, isRaw: true, range }, keyRange: range });
    }
  }

  /** The provider configurations that the modules, data and resources of this stack need, and no others. */
  providers(modules: readonly ModuleCall[]): { uses: Map<string, ProviderUse>; mapping: Map<string, string> } {
    const layers = child(this.instance.definition, "providers");
    const mapping = stringEntries(layers);
    const uses = new Map<string, ProviderUse>();
    for (const key of this.neededProviders(modules, mapping)) {
      const provider = this.around.spec.providers.get(key);
      const layer = child(layers, key);
      const config = layer?.kind === "map" ? mergeMaps(provider?.config ?? emptyMap(layer.range), layer) : provider?.config;
      if (!config && !provider) continue;
      const [localName = key, alias] = key.split(".");
      const value = config ? evaluateNode(config, this.scope, this.around.report) : NO_VALUE;
      uses.set(key, { localName, alias, config: isMap(value) ? value : NO_VALUE, range: layer?.range ?? provider?.range ?? this.instance.spec.range });
    }
    return { uses, mapping };
  }

  private neededProviders(modules: readonly ModuleCall[], mapping: ReadonlyMap<string, string>): readonly string[] {
    const needed = new Set<string>();
    for (const call of modules) {
      for (const requirement of this.around.contracts.get(call.source)?.providers.values() ?? []) {
        const keys = [requirement.name, ...requirement.aliases.map((alias) => (alias.includes(".") ? alias : `${requirement.name}.${alias}`))];
        for (const key of keys) needed.add(call.providers.get(key) ?? mapping.get(key) ?? key);
      }
    }
    for (const block of ["data", "resources"]) {
      const node = child(this.instance.definition, block);
      if (node?.kind !== "map") continue;
      for (const [type, entry] of node.entries) {
        needed.add(type.split("_")[0] ?? type);
        for (const one of entry.value.kind === "map" ? entry.value.entries.values() : []) {
          const named = textOf(child(one.value, "provider"));
          if (named) needed.add(named);
        }
      }
    }
    for (const target of mapping.values()) needed.add(target);
    return [...needed].sort(byCodePoint);
  }

  state(): StateLocation {
    const platformState = this.around.spec.state;
    const layer = child(this.instance.definition, "state");
    const node = layer?.kind === "map" ? mergeMaps(platformState, layer) : platformState;
    const scope = this.around.scopes.static(this.instance);
    const config = child(node, "config");
    const value = config ? evaluateNode(config, scope, this.around.report) : NO_VALUE;
    const keyNode: SpecNode = child(node, "key") ?? { kind: "scalar", value: DEFAULT_KEY, isRaw: false, range: node.range };
    const key = evaluateNode(keyNode, scope, this.around.report);
    return {
      backend: textOf(child(node, "backend")) ?? "local",
      config: isMap(value) ? value : NO_VALUE,
      key: typeof key === "string" ? key : "",
      range: keyNode.range,
    };
  }

  outputs(): ReadonlyMap<string, OutputSpec> {
    const node = child(this.instance.definition, "outputs");
    const result = new Map<string, OutputSpec>();
    if (node?.kind !== "map") return result;
    for (const [name, entry] of node.entries) {
      const value = child(entry.value, "value");
      const sensitive = child(entry.value, "sensitive");
      result.set(name, {
        value: value ? evaluateNode(value, this.scope, this.around.report) : null,
        description: textOf(child(entry.value, "description")),
        isSensitive: sensitive?.kind === "scalar" && sensitive.value === true,
        range: entry.keyRange,
      });
    }
    return result;
  }

  checks(): CheckSpec[] {
    const node = child(this.instance.definition, "checks");
    if (node?.kind !== "map") return [];
    const result: CheckSpec[] = [];
    for (const [name, entry] of node.entries) {
      const kind = entry.value.kind === "map" ? [...entry.value.entries.keys()].find((key) => CHECK_KINDS.has(key)) : undefined;
      const settingsNode = kind === undefined ? undefined : child(entry.value, kind);
      const settings = settingsNode ? evaluateNode(settingsNode, this.checkScope, this.around.report) : NO_VALUE;
      result.push({
        name,
        kind: kind ?? "",
        after: texts(child(entry.value, "after")),
        settings: isMap(settings) ? settings : NO_VALUE,
        attempts: numberOf(child(entry.value, "attempts")) ?? 3,
        intervalSeconds: numberOf(child(entry.value, "interval")) ?? 2,
        timeoutSeconds: numberOf(child(entry.value, "timeout")) ?? 30,
        range: entry.keyRange,
      });
    }
    return result.sort((left, right) => byCodePoint(left.name, right.name));
  }

  /** Addresses of the stacks that `after` names. */
  after(): string[] {
    const node = child(this.instance.definition, "after");
    if (node?.kind !== "list") return [];
    return node.items.flatMap((item) => {
      const name = textOf(item) ?? textOf(child(item, "stack")) ?? "";
      const found = findInstances(this.instance, name, coordinatesOf(item), this.around.instancesByName);
      if (found.status === "ok") return found.found.map((instance) => instance.address);
      this.around.report({ severity: "error", ...withoutStatus(found), range: item.range });
      return [];
    });
  }

  private output(path: readonly string[], written: ReadonlyMap<string, Value>): NameResult {
    const [stackName = "", ...rest] = path;
    const coordinates: Record<string, string> = {};
    for (const [key, value] of written) {
      if (!["environment", "customer", "each"].includes(key) || typeof value !== "string") {
        return { status: "bad", code: "wrong-arguments", message: `'${key}' is no coordinate of an output`, hint: "coordinates are environment='...', customer='...' and each='...'" };
      }
      coordinates[key] = value;
    }
    const found = findInstances(this.instance, stackName, coordinates, this.around.instancesByName);
    if (found.status === "bad") return found;
    const [first] = found.found;
    const hasCalls = first ? child(first.definition, "modules") !== undefined : false;
    const call = hasCalls ? rest[0] : undefined;
    const isCall = call !== undefined && child(child(first?.definition, "modules"), call) !== undefined;
    const name = isCall ? rest.slice(0, 2).join("_") : rest[0];
    if (name === undefined || (isCall && rest.length < 2)) {
      return { status: "bad", code: "unknown-output", message: `'outputs.${path.join(".")}' names no output`, hint: `write {{outputs.${path.join(".")}.OUTPUT}}` };
    }
    return { status: "ok", value: computed({ kind: "output", instances: found.instances, output: name, path: rest.slice(isCall ? 2 : 1) }) };
  }

  private self(path: readonly string[]): NameResult {
    const isCall = path[0] !== undefined && child(child(this.instance.definition, "modules"), path[0]) !== undefined;
    const name = isCall ? path.slice(0, 2).join("_") : path[0];
    if (name === undefined) return { status: "bad", code: "unknown-output", message: "'self' names no output", hint: "write {{self.OUTPUT}}" };
    return { status: "ok", value: computed({ kind: "self", output: name, path: path.slice(isCall ? 2 : 1) }) };
  }

  private file(path: string): NameResult {
    const found = this.around.findPath(path);
    if (found !== undefined) return { status: "ok", value: computed({ kind: "path", path: found }) };
    return { status: "bad", code: "unknown-name", message: `there is no file or folder '${path}' beside the spec`, hint: "paths begin at the folder of the spec" };
  }
}

export const CHECK_KINDS: ReadonlySet<string> = new Set(["http", "tcp", "command", "s3", "lambda", "glue"]);

/** The name of the only module call of a stack: the stack's own, as an identifier. */
export function moduleNameOf(stackName: string): string {
  return stackName.replaceAll("-", "_");
}

function consumedOutputs(values: readonly Value[]): readonly ConsumedOutput[] {
  const result = new Map<string, ConsumedOutput>();
  for (const expression of values.flatMap((value) => [...expressionsIn(value)])) {
    if (expression.kind !== "output") continue;
    const addresses = expression.instances.kind === "one" ? [expression.instances.address] : [...expression.instances.addressByKey.values()];
    for (const address of addresses) result.set(`${address}#${expression.output}`, { address, output: expression.output });
  }
  return [...result].sort(([left], [right]) => byCodePoint(left, right)).map(([, one]) => one);
}

function coordinatesOf(item: SpecNode): Coordinates {
  const result: Record<string, string> = {};
  for (const key of ["environment", "customer", "each"]) {
    const text = textOf(child(item, key));
    if (text !== undefined) result[key] = text;
  }
  return result;
}

function withoutStatus<Bad extends { readonly status: "bad" }>({ status: _status, ...rest }: Bad): Omit<Bad, "status"> {
  return rest;
}

function stringEntries(node: SpecNode | undefined): Map<string, string> {
  const result = new Map<string, string>();
  if (node?.kind !== "map") return result;
  for (const [key, entry] of node.entries) {
    const text = textOf(entry.value);
    if (text !== undefined) result.set(key, text);
  }
  return result;
}

function texts(node: SpecNode | undefined): string[] {
  return node?.kind === "list" ? node.items.flatMap((item) => textOf(item) ?? []) : [];
}

function numberOf(node: SpecNode | undefined): number | undefined {
  return node?.kind === "scalar" && typeof node.value === "number" ? node.value : undefined;
}

function sorted(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort(byCodePoint);
}
