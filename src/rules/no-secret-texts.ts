import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { child, type SpecNode } from "../spec/node.ts";
import type { PlatformSpec, VariableSpec } from "../spec/platform.ts";
import type { SpecRule } from "./rule.ts";
import { IN_BACKEND, IN_COMPOSE, IN_VARS, type Mending, secretInClear } from "./secret-in-clear.ts";
import { secretInText } from "./secret-in-text.ts";
import { definitionsOf } from "./valid-names.ts";
import { varsOf } from "./vars-of.ts";

interface Place {
  readonly name: string;
  readonly node: SpecNode | undefined;
  readonly mending?: Mending | undefined;
}

const IN_PIPELINES: Mending = () =>
  "keep it in a secret of the module 'aws/secret', and name that secret at a connection of Airflow";

const IN_PROGRAM: Mending = () =>
  "declare it under 'variables' with 'sensitive: true', and hand it to the program in 'env' as '{{var.NAME}}'";

/** No text of a spec is an access key or a private key, or holds a password in a URL, whatever it is called. */
export const noSecretTexts: SpecRule = (spec) => placesOf(spec).flatMap(secretsIn);

function placesOf(spec: PlatformSpec): readonly Place[] {
  const inDefinitions = definitionsOf(spec).flatMap((node) =>
    [...node.entries].map(([name, { value }]): Place => ({
      name,
      node: value,
      mending: name === "state" ? IN_BACKEND : undefined,
    })),
  );
  return [
    { name: "state", node: spec.state, mending: IN_BACKEND },
    ...varsOf(spec).map((node) => ({ name: "vars", node, mending: IN_VARS })),
    ...[...spec.providers.values()].map(({ key, config }) => ({ name: key, node: config })),
    ...[...spec.apps.values()].map(({ name, node }) => ({ name, node: child(node, "image") })),
    ...[...spec.variables.values()].flatMap(defaultOf),
    ...inDefinitions,
    ...[...spec.quality.values()].map(({ name, node }) => ({ name, node })),
    { name: "pipelines", node: spec.pipelines, mending: IN_PIPELINES },
    { name: "compose", node: spec.compose, mending: IN_COMPOSE },
  ];
}

/** What a sensitive variable has as its default is a mistake of its own. */
function defaultOf({ name, node, isSensitive }: VariableSpec): readonly Place[] {
  const mending: Mending = () =>
    `leave the default out, write 'sensitive: true', and give the value to each run as TF_VAR_${name}`;
  return isSensitive ? [] : [{ name, node: child(node, "default"), mending }];
}

function secretsIn({ name, node, mending }: Place): Diagnostic[] {
  if (node?.kind === "list") return node.items.flatMap((item) => secretsIn({ name, node: item, mending }));
  if (node?.kind === "map")
    return [...node.entries].flatMap(([key, { value }]) =>
      secretsIn({ name: key, node: value, mending: mending ?? (key === "run" ? IN_PROGRAM : undefined) }),
    );
  const what = node?.kind === "scalar" && typeof node.value === "string" && secretInText(node.value);
  return what ? [secretInClear({ name, range: node.range, why: `holds ${what}`, mending })] : [];
}
