import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { findCycle } from "../graph/find-cycle.ts";
import type { Range } from "../source/source.ts";
import { child, type SpecNode, textOf } from "../spec/node.ts";
import type { Platform } from "../stacks/platform-model.ts";
import { STEP_KINDS } from "../stacks/read-steps.ts";
import { stackOutputs } from "../stacks/stack-outputs.ts";
import type { Stack, StepSpec } from "../stacks/stack.ts";
import {
  type Expression,
  expressionsIn,
  holdsInvalid,
  isComputed,
  isList,
  type Value,
} from "../templates/value.ts";
import { didYouMean, quoted } from "./did-you-mean.ts";
import type { PlatformRule } from "./rule.ts";

/**
 * A step is of exactly one kind, and comes after other steps of its stack, never in a circle; its migrations are a
 * folder and its files are there, so that their content counts; and no secret stands on a command line.
 */
export const validSteps: PlatformRule = (platform) =>
  platform.stacks.flatMap((stack) => [
    ...stack.steps.flatMap((step) => inStep(platform, stack, step)),
    ...circle(stack),
  ]);

function inStep(platform: Platform, stack: Stack, step: StepSpec): Diagnostic[] {
  const node = child(child(stack.definition, "steps"), step.name);
  const settings = child(node, step.kind);
  return [
    ...oneKind(step, node),
    ...unknownSteps(stack, step, child(node, "after")),
    ...(step.kind === "sql" ? migrations(platform, step, child(settings, "migrations")) : []),
    ...(step.kind === "command" ? command(platform, stack, step, settings) : []),
  ];
}

function oneKind({ name, range }: StepSpec, node: SpecNode | undefined): Diagnostic[] {
  const entries = node?.kind === "map" ? [...node.entries].filter(([key]) => STEP_KINDS.has(key)) : [];
  const [first, ...others] = entries;
  if (!first)
    return [bad(`step '${name}' does nothing`, `write exactly one of ${quoted([...STEP_KINDS])}`, range)];
  if (others.length === 0) return [];
  const related = others.map(([key, { keyRange }]) => ({ message: `'${key}' stands here`, range: keyRange }));
  const message = `step '${name}' is ${quoted(entries.map(([key]) => key))} at once`;
  return [{ ...bad(message, "make a step of each", first[1].keyRange), related }];
}

function unknownSteps(stack: Stack, step: StepSpec, after: SpecNode | undefined): Diagnostic[] {
  const names = stack.steps.map((one) => one.name);
  const others = names.filter((name) => name !== step.name);
  return (after?.kind === "list" ? after.items : []).flatMap((item): Diagnostic[] => {
    const name = textOf(item);
    if (name === undefined || names.includes(name)) return [];
    const hint = didYouMean(name, others, "its other steps are", "it has no other steps");
    return [bad(`stack '${stack.name}' has no step '${name}'`, hint, item.range)];
  });
}

function circle(stack: Stack): Diagnostic[] {
  const upstreamOf = new Map(stack.steps.map((step) => [step.name, step.after]));
  const cycle = findCycle({ nodes: [...upstreamOf.keys()], upstreamOf });
  const [first] = cycle ?? [];
  if (!cycle || first === undefined) return [];
  const loop = [...cycle, first].map((name) => `'${name}'`).join(" → ");
  const range = stack.steps.find((step) => step.name === first)?.range ?? stack.spec.range;
  const message = `steps of stack '${stack.name}' come after each other in a circle: ${loop}`;
  return [bad(message, "take one of them out of 'after'", range)];
}

function migrations({ folders }: Platform, step: StepSpec, node: SpecNode | undefined): Diagnostic[] {
  const value = step.settings.get("migrations");
  if (!node || value === undefined || holdsInvalid(value)) return [];
  const path = pathIn(value);
  if (path === undefined)
    return [
      bad(`the migrations of step '${step.name}' are no folder beside the spec`, inPath(node), node.range),
    ];
  if (folders.has(path)) return [];
  return [
    bad(`'${path}' is a file, and migrations are a folder`, "name the folder that it lies in", node.range),
  ];
}

function command(platform: Platform, stack: Stack, step: StepSpec, node: SpecNode | undefined): Diagnostic[] {
  const run = child(node, "run");
  const files = child(node, "files");
  return [
    ...(run?.kind === "list" && run.items.length === 0
      ? [bad(`step '${step.name}' names no program`, "write the program, then its arguments", run.range)]
      : []),
    ...secretArguments(platform, stack, step, run),
    ...itemsOf(step, "files", files).flatMap(([value, item]) =>
      holdsInvalid(value) || pathIn(value) !== undefined
        ? []
        : [
            bad(
              `'files' of step '${step.name}' holds what is no file beside the spec`,
              inPath(item),
              item.range,
            ),
          ],
    ),
  ];
}

/** Who may look at the processes of the machine sees every argument. */
function secretArguments(
  platform: Platform,
  own: Stack,
  step: StepSpec,
  run: SpecNode | undefined,
): Diagnostic[] {
  return itemsOf(step, "run", run).flatMap(([value, item]) => {
    const secret = expressionsIn(value).find((one) => isSecret(platform, own, one));
    if (!secret) return [];
    const message = `an argument of step '${step.name}' holds a secret, and arguments can be read by every process of the machine`;
    return [bad(message, "give it by 'env', and let the program read it from there", item.range)];
  });
}

function isSecret(
  { spec, stackByAddress, contracts }: Platform,
  own: Stack,
  expression: Expression,
): boolean {
  if (expression.kind === "self")
    return stackOutputs(own, contracts).get(expression.output)?.isSensitive === true;
  if (expression.kind === "variable") return spec.variables.get(expression.name)?.isSensitive === true;
  if (expression.kind !== "output") return false;
  const { instances, output } = expression;
  const addresses = instances.kind === "one" ? [instances.address] : [...instances.addressByKey.values()];
  return addresses.some((address) => {
    const stack = stackByAddress.get(address);
    return stack !== undefined && stackOutputs(stack, contracts).get(output)?.isSensitive === true;
  });
}

function itemsOf(
  { settings }: StepSpec,
  key: string,
  node: SpecNode | undefined,
): readonly (readonly [Value, SpecNode])[] {
  const values = settings.get(key);
  if (node?.kind !== "list" || values === undefined || !isList(values)) return [];
  return node.items.flatMap((item, at) => {
    const value = values[at];
    return value === undefined ? [] : [[value, item] as const];
  });
}

function pathIn(value: Value): string | undefined {
  if (!isComputed(value)) return undefined;
  const [only] = value.parts;
  return value.parts.length === 1 && typeof only === "object" && only.kind === "path" ? only.path : undefined;
}

function inPath(node: SpecNode): string {
  const written = textOf(node);
  const isPlain = written !== undefined && !written.includes("{{");
  return `write it as "{{path '${isPlain ? written : "FOLDER"}'}}", so that its content counts`;
}

function bad(message: string, hint: string, range: Range): Diagnostic {
  return { code: "bad-step", severity: "error", message, hint, range };
}
