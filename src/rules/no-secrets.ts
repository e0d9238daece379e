import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { child, type MapEntry, type SpecNode } from "../spec/node.ts";
import type { PlatformSpec } from "../spec/platform.ts";
import type { Platform } from "../stacks/platform-model.ts";
import type { Stack } from "../stacks/stack.ts";
import { isTemplate } from "../templates/parse-template.ts";
import type { PlatformRule, SpecRule } from "./rule.ts";

/** Last words of names that hold secrets; names of things that hold them (`tls_secret`, `secret_name`) are left out. */
const SECRET =
  /(^|_)(password|passwd|passphrase|token|private_key|secret_key|secret_access_key|secret_string|api_key|authorization)$|^secret$|(?<!(pull|tls|existing|image|kubernetes|k8s))_secret$/;
const NO_SECRET = /^$|^arn:|^projects\/|^(true|false|null|none)$/i;
/** How to mend a secret in clear, by the name that its variable could have. */
type Mending = (variable: string) => string;
const IN_PLACE: Mending = (variable) =>
  `declare '${variable}: { sensitive: true }' under 'variables', write '{{var.${variable}}}' here, and give the value to each run as TF_VAR_${variable}`;
const IN_VARS: Mending = (variable) =>
  `take it out of 'vars', declare '${variable}: { sensitive: true }' under 'variables', and read it as '{{var.${variable}}}'`;
const IN_DEFINITION = ["data", "resources", "providers", "extra", "checks", "steps"];

/** Secrets are variables of Terraform, never text in 'vars', where every stack and every reader of the repository sees them. */
export const noSecretVars: SpecRule = (spec) => varsOf(spec).flatMap((vars) => secretsIn(vars, IN_VARS));

/** What a module calls sensitive, or is named like a secret, is no text that stands in the spec. */
export const noSecrets: PlatformRule = (platform) => [
  ...inBackend(platform.spec.state),
  ...[...platform.spec.providers.values()].flatMap(({ config }) => secretsIn(config)),
  ...platform.stacks.flatMap((stack) => inStack(stack, platform)),
];

function inStack(stack: Stack, { contracts }: Platform): Diagnostic[] {
  const inputs = stack.modules.flatMap((call) =>
    [...call.inputs].flatMap(([name, { node, value, takenBy }]) => {
      const isSensitive = contracts.get(call.source)?.inputs.get(name)?.sensitive === true;
      const isKnownText = typeof value === "string" && !NO_SECRET.test(value);
      if (isSensitive && isKnownText && node.kind === "scalar")
        return [inClear(name, node, "is sensitive in its module", takenBy && IN_VARS)];
      // What is a secret by its name is told of 'vars' themselves.
      if (takenBy && !isSensitive) return [];
      return isSensitive ? literalsIn(name, node) : secretsAt(name, node);
    }),
  );
  const nodes = IN_DEFINITION.flatMap((key) => child(stack.definition, key) ?? []);
  const state = child(stack.definition, "state");
  return [...inputs, ...nodes.flatMap((node) => secretsIn(node)), ...(state ? inBackend(state) : [])];
}

function varsOf(spec: PlatformSpec): readonly SpecNode[] {
  const customers = [...spec.customers.values()];
  const places = [
    ...spec.environments.values(),
    ...spec.apps.values(),
    ...customers,
    ...customers.flatMap((one) => [...one.environments.values()]),
  ];
  return [spec.vars, ...places.map((place) => place.vars)];
}

/** A backend reads its credentials from the environment, and takes no templates of Terraform. */
function inBackend(state: SpecNode): Diagnostic[] {
  const config = child(state, "config");
  const keyId = child(config, "access_key");
  const hint: Mending = () =>
    "leave it out: the backend takes credentials from the environment, a profile or a role";
  return [
    ...(keyId && isLiteral(keyId) ? [inClear("access_key", keyId, "is a credential", hint)] : []),
    ...(config ? secretsIn(config, hint) : []),
  ];
}

const withoutSecrets = new WeakSet<SpecNode>();

/** What holds none is looked through once, and not for every place that its stack is in. */
function secretsIn(node: SpecNode, mending?: Mending): Diagnostic[] {
  if (withoutSecrets.has(node)) return [];
  const found = lookForSecrets(node, mending);
  if (found.length === 0) withoutSecrets.add(node);
  return found;
}

function lookForSecrets(node: SpecNode, mending?: Mending): Diagnostic[] {
  if (node.kind === "list") return node.items.flatMap((item) => secretsIn(item, mending));
  const entries: readonly (readonly [string, MapEntry])[] = node.kind === "map" ? [...node.entries] : [];
  return entries.flatMap(([key, entry]) => secretsAt(key, entry.value, mending));
}

function secretsAt(name: string, node: SpecNode, mending?: Mending): Diagnostic[] {
  if (node.kind !== "scalar") return secretsIn(node, mending);
  return isLiteral(node) && SECRET.test(snakeCase(name))
    ? [inClear(name, node, "is a secret by its name", mending)]
    : [];
}

function literalsIn(name: string, node: SpecNode): Diagnostic[] {
  if (node.kind === "list") return node.items.flatMap((item) => literalsIn(name, item));
  if (node.kind === "map")
    return [...node.entries].flatMap(([key, { value }]) => literalsIn(`${name}.${key}`, value));
  return isLiteral(node) ? [inClear(name, node, "is sensitive in its module")] : [];
}

function isLiteral(node: SpecNode): boolean {
  return (
    node.kind === "scalar" &&
    typeof node.value === "string" &&
    !NO_SECRET.test(node.value) &&
    (node.isRaw || !isTemplate(node.value))
  );
}

function snakeCase(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/[-. ]/g, "_")
    .toLowerCase();
}

function inClear(name: string, node: SpecNode, why: string, mending: Mending = IN_PLACE): Diagnostic {
  return {
    code: "secret-in-clear",
    conceals: true,
    severity: "error",
    message: `'${name}' ${why}, and its value stands here for everyone to read`,
    hint: mending(snakeCase(name.split(".").at(-1) ?? name)),
    range: node.range,
  };
}
