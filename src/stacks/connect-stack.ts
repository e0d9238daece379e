import { child, textOf } from "../spec/node.ts";
import { type Expression, expressionsIn } from "../templates/value.ts";
import { byCodePoint } from "../text/compare.ts";
import { readAfter } from "./read-after.ts";
import { readChecks } from "./read-checks.ts";
import { readMoved } from "./read-moved.ts";
import { readModuleCalls } from "./read-module-calls.ts";
import { readOutputs } from "./read-outputs.ts";
import { readProviderUses } from "./read-provider-uses.ts";
import { readSteps } from "./read-steps.ts";
import { readStateLocation } from "./read-state-location.ts";
import type { Stack, StackInstance } from "./stack.ts";
import { readStack, type Surroundings } from "./stack-reading.ts";
import { consumedOutputs, referencesIn } from "./stack-references.ts";

/** Evaluates everything that a stack says and finds the stacks that it comes after. */
export function connectStack(instance: StackInstance, surroundings: Surroundings): Stack {
  const reading = readStack(instance, surroundings);
  const { definition, inTerraform } = reading;
  const modules = readModuleCalls(reading);
  const { uses, mapping } = readProviderUses(reading, modules);
  const own = {
    data: inTerraform(child(definition, "data")),
    resources: inTerraform(child(definition, "resources")),
    assertions: inTerraform(child(definition, "assertions")),
    // Addresses alone, which Terraform takes without templates.
    refactor: reading.known(child(definition, "refactor")),
    extra: inTerraform(child(definition, "extra")),
  };
  const outputs = readOutputs(reading);
  const checks = readChecks(reading);
  const steps = readSteps(reading);
  const ofProviders = [...uses.values()].flatMap((use) => expressionsIn(use.config));
  const ofValues = expressionsIn([
    ...modules.flatMap((call) => [...call.inputs.values()].map((input) => input.value)),
    ...[...outputs.values()].map((output) => output.value),
    ...Object.values(own),
  ]);
  const moved = readMoved(reading);
  const { address } = instance;
  const inTerraformFiles = [
    ...referencesIn(ofValues, "value", address),
    ...referencesIn(ofProviders, "provider", address),
  ];
  const inChecks = referencesIn(
    checks.flatMap((check) => expressionsIn(check.settings)),
    "check",
    address,
  );
  const inSteps = referencesIn(
    steps.flatMap((step) => expressionsIn(step.settings)),
    "step",
    address,
  );
  const order = [...inTerraformFiles, ...readAfter(reading)];
  const expressions = [...ofValues, ...ofProviders];
  return {
    // Written out: with a thousand stacks, spreading takes a tenth of the time of a whole command.
    spec: instance.spec,
    name: instance.name,
    environment: instance.environment,
    customer: instance.customer,
    each: instance.each,
    app: instance.app,
    address,
    stage: instance.stage,
    layers: instance.layers,
    definition,
    data: own.data,
    resources: own.resources,
    assertions: own.assertions,
    refactor: own.refactor,
    extra: own.extra,
    modules,
    providers: uses,
    providerMapping: mapping,
    state: readStateLocation(reading),
    outputs,
    checks,
    steps,
    paths: sorted(expressions.flatMap(pathOf)),
    variables: sorted(expressions.flatMap(variableOf)),
    consumed: consumedOutputs(inTerraformFiles),
    references: [...order, ...inChecks, ...inSteps],
    // A stack that needs itself is kept here for the rule that tells it; checks and steps read their own stack as they please.
    upstream: sorted(
      [...order, ...[...inChecks, ...inSteps].filter((one) => one.address !== address)].map(
        (one) => one.address,
      ),
    ),
    moved,
    refreshesAlways: textOf(child(definition, "refresh")) === "always",
  };
}

function pathOf(expression: Expression): readonly string[] {
  return expression.kind === "path" ? [expression.path] : [];
}

function variableOf(expression: Expression): readonly string[] {
  return expression.kind === "variable" ? [expression.name] : [];
}

function sorted(texts: readonly string[]): readonly string[] {
  if (texts.length < 2) return texts;
  return [...new Set(texts)].sort(byCodePoint);
}
