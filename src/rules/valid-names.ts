import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Range } from "../source/source.ts";
import { child, type MapNode, type SpecNode } from "../spec/node.ts";
import type { PlatformSpec } from "../spec/platform.ts";
import type { SpecRule } from "./rule.ts";

interface NameKind {
  readonly pattern: RegExp;
  readonly hint: string;
}

const NAME: NameKind = {
  pattern: /^(?=.{1,40}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
  hint: "a name is at most 40 lower-case letters, digits and single dashes, beginning with a letter, like 'raw-layer'",
};
const IDENTIFIER: NameKind = {
  pattern: /^[A-Za-z_][A-Za-z0-9_-]*$/,
  hint: "Terraform takes letters, digits, '_' and '-', and no digit at the beginning",
};
const PROVIDER: NameKind = {
  pattern: /^[a-z][a-z0-9-]*(\.[A-Za-z_][A-Za-z0-9_-]*)?$/,
  hint: "a provider is named as Terraform names it: 'aws', or 'aws.us' with an alias",
};
/** Names that Windows keeps for devices: no folder can have them there. */
const DEVICE = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])$/;
/** Names that Terraform keeps for the arguments of a module call. */
const RESERVED = new Set([
  "source",
  "version",
  "providers",
  "count",
  "for_each",
  "lifecycle",
  "depends_on",
  "locals",
]);

/** What becomes a folder, a state key or an identifier of Terraform has a name that these can have. */
export const validNames: SpecRule = (spec) => [
  ...[...spec.environments.values(), ...spec.customers.values(), ...spec.stacks.values()].flatMap((one) => [
    ...badName(one.name, one.range, NAME),
    ...deviceName(one.name, one.range),
  ]),
  ...[...spec.environments.values()].flatMap(({ name, range }) => folderName(name, range)),
  ...[...spec.apps.values(), ...spec.quality.values()].flatMap(({ name, range }) =>
    badName(name, range, NAME),
  ),
  ...[...spec.variables.values()].flatMap(({ name, range }) => [
    ...badName(name, range, IDENTIFIER),
    ...reservedName(name, range),
  ]),
  ...[...spec.providers.values()].flatMap(({ key, range }) => badName(key, range, PROVIDER)),
  ...definitionsOf(spec).flatMap(inDefinition),
];

/** Every stack as it is written, and every layer over one. */
export function definitionsOf(spec: PlatformSpec): readonly MapNode[] {
  return [...[...spec.stacks.values()].map((stack) => stack.node), ...layersOf(spec)];
}

/** Every layer over a stack of the spec. */
export function layersOf(spec: PlatformSpec): readonly MapNode[] {
  const customers = [...spec.customers.values()];
  const places = [
    ...spec.environments.values(),
    ...customers,
    ...customers.flatMap((one) => [...one.environments.values()]),
  ];
  return places.flatMap((place) =>
    [...place.stackLayers].flatMap(([name, node]) => (spec.stacks.has(name) ? [node] : [])),
  );
}

function inDefinition(node: MapNode): Diagnostic[] {
  const blocks = ["data", "resources"].map((key) => child(node, key));
  return [
    ...["modules", "outputs", "assertions"].flatMap((key) => badKeys(child(node, key), IDENTIFIER)),
    ...badKeys(child(node, "checks"), NAME),
    ...badKeys(child(node, "steps"), NAME),
    ...blocks.flatMap((block) => badKeys(block, IDENTIFIER)),
    ...blocks.flatMap((block) =>
      block?.kind === "map"
        ? [...block.entries.values()].flatMap(({ value }) => badKeys(value, IDENTIFIER))
        : [],
    ),
  ];
}

function badKeys(node: SpecNode | undefined, kind: NameKind): Diagnostic[] {
  return node?.kind === "map"
    ? [...node.entries].flatMap(([name, entry]) => badName(name, entry.keyRange, kind))
    : [];
}

function badName(name: string, range: Range, { pattern, hint }: NameKind): Diagnostic[] {
  if (pattern.test(name)) return [];
  return [
    { code: "bad-name", severity: "error", message: `'${name}' is no name that can stand here`, hint, range },
  ];
}

function deviceName(name: string, range: Range): Diagnostic[] {
  if (!DEVICE.test(name)) return [];
  const message = `'${name}' is the name of a device on Windows, where no folder can have it`;
  return [{ code: "bad-name", severity: "error", message, hint: "choose another name", range }];
}

/** Compile copies the modules that platc ships to a folder beside those of the environments. */
function folderName(name: string, range: Range): Diagnostic[] {
  if (name !== "modules") return [];
  const message =
    "'modules' is the folder in out/ for the modules that platc ships, and no environment can have it";
  return [{ code: "bad-name", severity: "error", message, hint: "choose another name", range }];
}

function reservedName(name: string, range: Range): Diagnostic[] {
  if (!RESERVED.has(name)) return [];
  const message = `'${name}' is a word that Terraform keeps for itself, and no variable can have it`;
  return [{ code: "bad-name", severity: "error", message, hint: "choose another name", range }];
}
