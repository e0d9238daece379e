import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Range } from "../source/source.ts";
import { child } from "../spec/node.ts";
import type { Stack } from "../stacks/stack.ts";
import { toComparable } from "../templates/comparable-value.ts";
import { holdsInvalid, isList, isMap } from "../templates/value.ts";
import type { PlatformRule } from "./rule.ts";

interface Import {
  readonly stack: Stack;
  readonly id: unknown;
  readonly range: Range;
}

/**
 * One thing in the cloud is in one state: no two stacks import the same id of the same type by the same provider
 * configuration. In two environments it may be two things after all, where the credentials are of two accounts.
 */
export const distinctImports: PlatformRule = ({ stacks }) => {
  const byIdentity = new Map<string, Import[]>();
  for (const stack of stacks)
    for (const { identity, ...one } of importsOf(stack))
      byIdentity.set(identity, [...(byIdentity.get(identity) ?? []), one]);
  return [...byIdentity.values()].flatMap(clash);
};

function clash(imports: readonly Import[]): readonly Diagnostic[] {
  const [first] = imports;
  const other = imports.find(({ stack }) => stack !== first?.stack);
  if (!first || !other) return [];
  const addresses = [...new Set(imports.map(({ stack }) => stack.address))];
  const environments = imports.map(({ stack }) => stack.environment.name);
  const isOneEnvironment = new Set(environments).size < new Set(addresses).size;
  const rest = addresses.length > MOST ? [`${addresses.length - MOST} more`] : [];
  const shown = [...addresses.slice(0, MOST).map((address) => `'${address}'`), ...rest];
  const named = `${shown.slice(0, -1).join(", ")} and ${shown.at(-1) ?? ""}`;
  return [
    {
      code: "clash",
      severity: isOneEnvironment ? "error" : "warning",
      message: `${named} import the same thing${nameOf(first)}${isOneEnvironment ? "" : ", unless their credentials are of two accounts"}`,
      hint: `one thing belongs to one state: make the id differ by a template such as "{{environment.name}}", or put 'refactor' into the layer of the one stack that takes it over`,
      range: first.range,
      ...(first.range !== other.range && {
        related: [{ message: `'${other.stack.address}' imports it here`, range: other.range }],
      }),
    },
  ];
}

const MOST = 3;

function nameOf({ id }: Import): string {
  return typeof id === "string" ? `, '${id}'` : "";
}

function importsOf(stack: Stack): readonly (Import & { readonly identity: string })[] {
  const imports = isMap(stack.refactor) ? stack.refactor.get("import") : undefined;
  if (imports === undefined || !isList(imports)) return [];
  const written = child(child(stack.definition, "refactor"), "import");
  return imports.flatMap((one, at) => {
    const [to, id] = isMap(one) ? [one.get("to"), one.get("id")] : [];
    if (typeof to !== "string" || id === undefined || holdsInvalid(id)) return [];
    const node = written?.kind === "list" ? written.items[at] : undefined;
    const range = child(node, "id")?.range ?? node?.range ?? stack.spec.range;
    const type = typeOf(to);
    const compared = toComparable(id);
    return [{ stack, id: compared, range, identity: JSON.stringify([type, compared, worldOf(stack, type)]) }];
  });
}

/** `aws_s3_bucket` of `module.raw.aws_s3_bucket.this["a"]`. */
function typeOf(address: string): string {
  const names = address.replace(/\[[^\]]*\]/g, "").split(".");
  return names.at(-2) ?? "";
}

/** Where the provider of a type looks: every configuration of it that the stack has. */
function worldOf({ providers }: Stack, type: string): unknown {
  const [local] = type.split("_");
  return [...providers.values()]
    .filter(({ localName }) => localName === local)
    .map(({ alias, config }) => [alias ?? "", toComparable(config)]);
}
