import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { ScalarNode, SpecNode } from "../spec/node.ts";
import type { PlatformSpec } from "../spec/platform.ts";
import { terraformReference, type TerraformReference } from "../text/terraform-reference.ts";
import type { PlatformRule } from "./rule.ts";
import { definitionsOf } from "./valid-names.ts";
import { varsOf } from "./vars-of.ts";

/** Keys of a stack where expressions are Terraform's own, or text for nobody but people. */
const OWN = new Set(["extra", "description"]);

/** A text that stays a text is none that its writer takes for an expression. */
export const noLiteralReferences: PlatformRule = ({ spec }) =>
  placesOf(spec).flatMap(({ key, node }) => inNode(node, key));

interface Place {
  /** The key of the stack that it stands under. */
  readonly key: string;
  readonly node: SpecNode;
}

function placesOf(spec: PlatformSpec): readonly Place[] {
  return [
    { key: "state", node: spec.state },
    ...varsOf(spec).map((node) => ({ key: "vars", node })),
    ...[...spec.providers.values()].map(({ config }) => ({ key: "providers", node: config })),
    ...definitionsOf(spec).flatMap((node) =>
      [...node.entries].flatMap(([key, { value }]) => (OWN.has(key) ? [] : [{ key, node: value }])),
    ),
  ];
}

function inNode(node: SpecNode, key: string): readonly Diagnostic[] {
  if (node.kind === "list") return node.items.flatMap((item) => inNode(item, key));
  if (node.kind === "map")
    return [...node.entries].flatMap(([name, { value }]) =>
      name === "description" ? [] : inNode(value, key),
    );
  return node.kind === "scalar" ? inText(node, key) : [];
}

function inText({ value, isRaw, range }: ScalarNode, key: string): readonly Diagnostic[] {
  const reference = isRaw || typeof value !== "string" ? undefined : terraformReference(value);
  if (!reference) return [];
  const name = reference.words.join(".");
  return [
    {
      code: "literal-expression",
      severity: "warning",
      message: `'\${${name}}' stays text: in a spec, '\${' begins no expression`,
      hint: `${mending(reference, key)}; where text is meant, tag it with '!raw'`,
      range,
    },
  ];
}

/** How the language says what the reference probably should. */
function mending({ kind, words }: TerraformReference, key: string): string {
  const [, second = "", ...rest] = words;
  const isAfterwards = key === "checks" || key === "steps";
  switch (kind) {
    case "var":
      return `a variable is read by '{{var.${second}}}', your own data by '{{vars.${second}}}'`;
    case "local":
      return `your own data is read by '{{vars.${second}}}'`;
    case "each":
      return `write '{{each.${[second, ...rest].join(".")}}}'`;
    case "workspace":
      return "write '{{environment.name}}'";
    case "path":
      return "a file beside the spec is '{{path 'FILE'}}'";
    case "dependency":
      return `write '{{outputs.${[second, ...rest.slice(1)].join(".")}}}'`;
    case "module":
    case "data":
    case "resource":
      if (isAfterwards) return "an output of the stack itself is '{{self.OUTPUT}}'";
      if (key === "outputs")
        return `a stack tells what is its own under 'extra', as in 'extra: { output: { NAME: { value: "\${${words.join(".")}}" } } }'`;
      return "what another stack gives is '{{outputs.STACK.OUTPUT}}', and Terraform's own references stand under 'extra'";
  }
}
