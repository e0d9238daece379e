import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { child, type MapEntry, type SpecNode } from "../spec/node.ts";
import type { Platform } from "../stacks/platform-model.ts";
import type { Stack } from "../stacks/stack.ts";
import { isTemplate } from "../templates/parse-template.ts";
import type { PlatformRule, SpecRule } from "./rule.ts";
import {
  IN_BACKEND,
  IN_COMPOSE,
  IN_VARS,
  type Mending,
  secretInClear,
  snakeCase,
} from "./secret-in-clear.ts";
import { secretInText } from "./secret-in-text.ts";
import { varsOf } from "./vars-of.ts";

/** Last words of names that hold secrets; names of things that hold them (`tls_secret`, `secret_name`) are left out. */
const SECRET =
  /(^|_)(password|passwd|passphrase|token|private_key|secret_key|access_key|secret_string|api_key|authorization)$|^secret$|(?<!(pull|tls|existing|image|kubernetes|k8s))_secret$/;
const NO_SECRET = /^$|^arn:|^projects\/|^(true|false|null|none)$/i;
const IN_DEFINITION = ["data", "resources", "providers", "extra", "checks", "steps"];

/** Secrets are variables of Terraform, never text in 'vars', where every stack and every reader of the repository sees them. */
export const noSecretVars: SpecRule = (spec) => varsOf(spec).flatMap((vars) => secretsIn(vars, IN_VARS));

/** What a module calls sensitive, or is named like a secret, is no text that stands in the spec. */
export const noSecrets: PlatformRule = (platform) => [
  ...inBackend(platform.spec.state),
  ...[...platform.spec.providers.values()].flatMap(({ config }) => secretsIn(config)),
  ...(platform.spec.compose ? secretsIn(platform.spec.compose, IN_COMPOSE) : []),
  ...platform.stacks.flatMap((stack) => inStack(stack, platform)),
];

function inStack(stack: Stack, { contracts }: Platform): Diagnostic[] {
  const inputs = stack.modules.flatMap((call) =>
    [...call.inputs].flatMap(([name, { node, value, takenBy }]) => {
      const isSensitive = contracts.get(call.source)?.inputs.get(name)?.sensitive === true;
      const isKnownText = typeof value === "string" && !NO_SECRET.test(value);
      if (isSensitive && isKnownText && node.kind === "scalar" && !isToldOf(node))
        return [
          secretInClear({
            name,
            range: node.range,
            why: "is sensitive in its module",
            mending: takenBy && IN_VARS,
          }),
        ];
      // What is a secret by its name is told of 'vars' themselves.
      if (takenBy && !isSensitive) return [];
      return isSensitive ? literalsIn(name, node) : secretsAt(name, node);
    }),
  );
  const nodes = IN_DEFINITION.flatMap((key) => child(stack.definition, key) ?? []);
  const state = child(stack.definition, "state");
  return [...inputs, ...nodes.flatMap((node) => secretsIn(node)), ...(state ? inBackend(state) : [])];
}

/** A backend reads its credentials from the environment, and takes no templates of Terraform. */
function inBackend(state: SpecNode): Diagnostic[] {
  const config = child(state, "config");
  return config ? secretsIn(config, IN_BACKEND) : [];
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
    ? [secretInClear({ name, range: node.range, why: "is a secret by its name", mending })]
    : [];
}

function literalsIn(name: string, node: SpecNode): Diagnostic[] {
  if (node.kind === "list") return node.items.flatMap((item) => literalsIn(name, item));
  if (node.kind === "map")
    return [...node.entries].flatMap(([key, { value }]) => literalsIn(`${name}.${key}`, value));
  return isLiteral(node)
    ? [secretInClear({ name, range: node.range, why: "is sensitive in its module" })]
    : [];
}

/** What is a secret by its form is told of the text itself. */
function isToldOf(node: SpecNode): boolean {
  return node.kind === "scalar" && typeof node.value === "string" && secretInText(node.value) !== undefined;
}

function isLiteral(node: SpecNode): boolean {
  return (
    node.kind === "scalar" &&
    typeof node.value === "string" &&
    !NO_SECRET.test(node.value) &&
    (node.isRaw || !isTemplate(node.value)) &&
    !isToldOf(node)
  );
}
