import { suggest } from "../diagnostics/suggest.ts";
import type { EnvironmentSpec } from "../spec/platform.ts";
import type { NameResult } from "../templates/scope.ts";
import type { Value } from "../templates/value.ts";
import { COMPOSE_PASSWORD } from "./compose.ts";
import { descend } from "./look-up-name.ts";
import type { OwnNames } from "./name-surroundings.ts";
import { nearestInstances } from "./nearest-instances.ts";
import type { Platform } from "./platform-model.ts";
import type { ModuleCall, Stack, StackInstance } from "./stack.ts";

/** A service as it is found by its name: where it is, and who it is for. */
export interface ServicePlace {
  readonly written: string;
  readonly name: string;
  readonly customer: string | undefined;
}

interface Place {
  readonly platform: Platform;
  readonly environment: EnvironmentSpec;
  readonly services: readonly ServicePlace[];
}

/** The names that only services of `compose` read, as one of them sees them: `inputs`, `services` and `compose`. */
export function composeNames(from: StackInstance, place: Place): OwnNames {
  return new Map([
    ["inputs", (path: readonly string[]) => inputAt(from, path, place.platform)],
    ["services", (path: readonly string[]) => serviceAt(from, path, place.services)],
    ["compose", (path: readonly string[]) => descend(COMPOSE, path, "compose")],
  ]);
}

const COMPOSE: Value = new Map([["password", COMPOSE_PASSWORD]]);

/** What a stack hands to its module, as far as the spec says it: its own inputs, and the defaults of the module. */
function inputAt(from: StackInstance, path: readonly string[], platform: Platform): NameResult {
  const [name = "", ...rest] = path;
  const all = platform.stacks.filter((stack) => stack.name === name);
  const known = [...platform.spec.stacks.keys()];
  if (!known.includes(name)) return unknown("unknown-stack", `there is no stack '${name}'`, name, known);
  const [stack, second] = nearestInstances(from, all, {}) as readonly Stack[];
  if (!stack || second)
    return {
      status: "bad",
      code: "unreachable-stack",
      message: `stack '${name}' is ${second ? "several times" : "not"} ${whereOf(from)}`,
      hint: "a service reads its own customer's stacks, then those of its environment, then the shared ones",
    };
  const { call, inputs, walked } = callAt(stack, rest);
  if (!call)
    return unknown(
      "unknown-call",
      `stack '${name}' has no module call '${inputs[0] ?? ""}'`,
      inputs[0] ?? "",
      stack.modules.map((one) => one.name),
    );
  const [input = "", ...inner] = inputs;
  const value = call.inputs.get(input)?.value ?? defaultOf(call, input, platform);
  if (value !== undefined) return descend(value, inner, `inputs.${walked}.${input}`);
  const names = [...(platform.contracts.get(call.source)?.inputs.keys() ?? call.inputs.keys())];
  return names.includes(input)
    ? {
        status: "bad",
        code: "missing-input",
        message: `the spec does not say '${input}' of '${stack.address}'`,
        hint: "give the input a value, or write the value here",
      }
    : unknown("unknown-input", `module '${call.source}' has no input '${input}'`, input, names);
}

/** With several module calls, the next name is that of one. */
function callAt(
  { modules, name }: Stack,
  path: readonly string[],
): { readonly call: ModuleCall | undefined; readonly inputs: readonly string[]; readonly walked: string } {
  const [only, second] = modules;
  const isSingle = only !== undefined && second === undefined && only.name === name.replaceAll("-", "_");
  const found = modules.find((one) => one.name === path[0]);
  if (isSingle && found === undefined) return { call: only, inputs: path, walked: name };
  return { call: found, inputs: found ? path.slice(1) : path, walked: `${name}.${path[0] ?? ""}` };
}

function defaultOf(call: ModuleCall, input: string, { contracts }: Platform): Value | undefined {
  const written = contracts.get(call.source)?.inputs.get(input)?.default;
  return written === undefined ? undefined : valueOfJson(written);
}

function valueOfJson(json: unknown): Value {
  if (Array.isArray(json)) return json.map(valueOfJson);
  if (typeof json === "object" && json !== null)
    return new Map(Object.entries(json).map(([key, item]) => [key, valueOfJson(item)]));
  return json as string | number | boolean | null;
}

function serviceAt(
  from: StackInstance,
  [name = "", ...rest]: readonly string[],
  services: readonly ServicePlace[],
): NameResult {
  const all = services.filter(({ written }) => written === name);
  const known = [...new Set(services.map(({ written }) => written))];
  if (all.length === 0 || rest.length > 0)
    return unknown("unknown-name", `there is no service '${[name, ...rest].join(".")}'`, name, known);
  const found =
    all.find(({ customer }) => customer !== undefined && customer === from.customer) ??
    all.find(({ customer }) => customer === undefined);
  if (found) return { status: "ok", value: found.name };
  return {
    status: "bad",
    code: "unknown-name",
    message: `service '${name}' is not ${whereOf(from)}`,
    hint: "it is one per customer: read it in a service or file with 'per: customer', of customers that have its app",
  };
}

function whereOf({ environment, customer }: StackInstance): string {
  return customer === undefined
    ? `in environment '${environment.name}' itself`
    : `there for customer '${customer}' in environment '${environment.name}'`;
}

function unknown(
  code: "unknown-name" | "unknown-stack" | "unknown-call" | "unknown-input",
  message: string,
  name: string,
  known: readonly string[],
): NameResult {
  const near = suggest(name, known);
  const all = `there are ${known.map((one) => `'${one}'`).join(", ")}`;
  return { status: "bad", code, message, hint: near === undefined ? all : `did you mean '${near}'?` };
}
