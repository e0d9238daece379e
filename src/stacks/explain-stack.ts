import { suggest } from "../diagnostics/suggest.ts";
import { shippedFolder } from "../modules/shipped-folder.ts";
import { child, type MapNode, nodeAt, type SpecNode } from "../spec/node.ts";
import { evaluateText } from "../templates/evaluate.ts";
import { asText } from "../templates/functions.ts";
import { isTemplate } from "../templates/parse-template.ts";
import type { Value } from "../templates/value.ts";
import { defaultSayings, MODULE_DEFAULT } from "./default-sayings.ts";
import { type LayeredValue, layerValues, type Saying } from "./layered-values.ts";
import { nameScopes } from "./name-scopes.ts";
import type { Platform } from "./platform-model.ts";
import { moduleNameOf } from "./read-module-calls.ts";
import type { Layer, Stack } from "./stack.ts";
import { descend, valueAt } from "./value-at.ts";

/** A value of a stack, where it comes from, and what it is with its templates evaluated. */
export interface ExplainedValue extends LayeredValue {
  readonly value: Value | undefined;
  /** What a module says must not be shown. */
  readonly isSensitive: boolean;
  /** A sentence about what the value means, where it does not show it. */
  readonly note?: string;
}

export type Explanation =
  | {
      readonly status: "ok";
      readonly values: readonly ExplainedValue[];
      /** Every value of the stack: whoever shows some must know the secrets of all. */
      readonly all: readonly ExplainedValue[];
    }
  | { readonly status: "bad"; readonly message: string; readonly hint: string };

/**
 * Where the values of a stack come from: those at or below a dotted path such as `inputs.host`, `state.config.bucket` or
 * `vars.region`; without one, the whole definition, without the defaults of modules and `vars`.
 */
export function explainStack(platform: Platform, stack: Stack, path: string | undefined): Explanation {
  const layered = topKeys(stack).flatMap((key) => layerValues([key], sayingsOf(platform, stack, key)));
  const spellKey = keySpeller(platform, stack);
  const all = layered.map((one) => {
    const steps = one.path.map(spellKey);
    const value = valueAt(platform, stack, steps, one.winner.node);
    const note = shippedNote(platform, steps, value);
    return {
      ...one,
      path: steps,
      value,
      isSensitive: isSensitive(platform, stack, steps),
      ...(note !== undefined && { note }),
    };
  });
  if (path === undefined) {
    const values = all.filter((one) => one.path[0] !== "vars" && one.winner.origin !== MODULE_DEFAULT);
    return { status: "ok", values, all };
  }
  const wanted = path.replace(/\[(\d+)\]/g, ".$1");
  const values = all.flatMap((one) => {
    const name = one.path.join(".");
    return name === wanted || name.startsWith(`${wanted}.`) ? [one] : partOf(one, name, wanted);
  });
  return values.length > 0 ? { status: "ok", values, all } : unknownPath(stack, wanted, all);
}

/** What stands inside a value that has one place: an item of a list, or what a template makes of a map. */
function partOf(one: ExplainedValue, name: string, wanted: string): readonly ExplainedValue[] {
  if (!wanted.startsWith(`${name}.`)) return [];
  const steps = wanted.slice(name.length + 1).split(".");
  const value = descend(one.value, steps);
  if (value === undefined) return [];
  const node = nodeAt(one.winner.node, steps) ?? one.winner.node;
  return [{ ...one, path: [...one.path, ...steps], value, winner: { ...one.winner, node } }];
}

/** A key with a template in it as it is in this stack; layers know it as it is written. */
function keySpeller(platform: Platform, stack: Stack): (key: string) => string {
  const scope = nameScopes(platform.spec, () => undefined).static(stack);
  return (key) => {
    const spelt = isTemplate(key) ? evaluateText(key, stack.spec.range, scope, () => undefined) : key;
    return spelt === null || typeof spelt === "object" ? key : asText(spelt);
  };
}

function topKeys(stack: Stack): readonly string[] {
  const written = stack.layers.flatMap(({ node }) => [...node.entries.keys()]);
  const calls = child(stack.definition, "module") ? ["inputs"] : [];
  const defaults = ["address", "stage", "per", "refresh"];
  return [...new Set([...defaults, ...written, ...calls, "providers", "state", "vars"])];
}

function sayingsOf(platform: Platform, stack: Stack, key: string): readonly Saying[] {
  const below = defaultSayings(platform, stack, key);
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

/** Says of a module that platc ships, and that the project does not have, where its copy lies. */
function shippedNote(
  { spec, modules }: Platform,
  path: readonly string[],
  value: Value | undefined,
): string | undefined {
  const isSource = path.join(".") === "module" || (path[0] === "modules" && path[2] === "module");
  const folder = isSource && typeof value === "string" ? modules.get(value)?.folder : undefined;
  if (!folder?.startsWith(`${shippedFolder(spec.name)}/`)) return undefined;
  return `shipped with platc; its copy lies in '${folder}'`;
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
