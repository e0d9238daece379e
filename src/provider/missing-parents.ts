import { ownId } from "./configuration-scope.ts";
import { describeGiven } from "./describe-given.ts";
import { matchTemplate } from "./match-template.ts";
import { meetsWildcard } from "./meets-wildcard.ts";
import type { ParentRule } from "./parent-rule.ts";
import { placesAgree } from "./places-agree.ts";
import type { ProviderFamily, ProviderProblem, TypeContext, World } from "./provider-engine.ts";
import type { ResourceIdentity } from "./resource-identity.ts";
import type { Value } from "./value.ts";
import { valueAt } from "./value-at.ts";

export interface MissingParents {
  readonly problems: readonly ProviderProblem[];
  /** What may well exist: the platform makes nothing of its type, and says of none that it is given. */
  readonly assumed: readonly string[];
}

/** What a resource stands in, by its id or by a name in it. */
interface Parent {
  /** The first is the usual one. */
  readonly types: readonly string[];
  readonly name: string;
  /** What makes it out, as one would write it down. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly exists: boolean;
}

/**
 * What a new resource stands in and the world does not have. It is a mistake where the platform makes such things, or
 * says which are given: then it knows of them all. Otherwise others look after them, and it is only told.
 */
export function missingParents(
  context: TypeContext,
  planned: Value,
  identity: ResourceIdentity,
  world: World,
): MissingParents {
  const { family } = context;
  if (family === undefined) return { problems: [], assumed: [] };
  const parents = [
    ...parentsByPath(context, family, identity, world),
    ...family.parents.flatMap((rule) => parentsByRule(context, rule, planned, identity, world)),
  ];
  const missing = parents.filter(({ exists }) => !exists);
  const known = missing.filter((parent) => parent.types.some((type) => isKept(family, type)));
  return {
    problems: known.slice(0, 1).map((parent) => problemOf(context, family, parent)),
    assumed: missing
      .filter((parent) => !known.includes(parent))
      .map(({ types, name }) => `${types[0]} "${name}"`),
  };
}

/** Whether the project itself says which of a type there are. */
function isKept({ resources, dataOverlays, given }: ProviderFamily, type: string): boolean {
  if (dataOverlays.get(type)?.finds === null) return false;
  return resources.has(type) || given.some(({ typeName }) => typeName === type);
}

/** Ids that are paths say in what a resource stands: `/subscriptions/S/resourceGroups/G/providers/...`. */
function parentsByPath(
  context: TypeContext,
  { overlays }: ProviderFamily,
  { id }: ResourceIdentity,
  world: World,
): readonly Parent[] {
  if (!id.startsWith("/")) return [];
  const { source } = context;
  const templates = [...overlays].flatMap(([type, { id: template }]) =>
    template?.startsWith("/") === true ? [{ type, template }] : [],
  );
  const parents = prefixesOf(id).flatMap((path) => {
    const fitting = templates.flatMap(({ type, template }) => {
      const names = matchTemplate(template, path);
      return names === undefined ? [] : [{ type, names }];
    });
    const [first] = fitting;
    if (first === undefined) return [];
    const types = fitting.map(({ type }) => type);
    return [{ types, name: path, attributes: Object.fromEntries(first.names) }];
  });
  if (parents.length === 0) return [];
  const types = [...new Set(parents.flatMap((parent) => parent.types))];
  const ids = types.flatMap((type) => world.list(source, type).map((made) => ownId(made.id).toLowerCase()));
  const existing = new Set([...ids, ...madeBeside(source, overlays, world)]);
  return parents.map((parent) => ({ ...parent, exists: existing.has(parent.name.toLowerCase()) }));
}

/** Ids of what the world's resources made beside themselves, in lower case. */
function madeBeside(source: string, overlays: ProviderFamily["overlays"], world: World): readonly string[] {
  return [...overlays].flatMap(([type, { makes = [] }]) =>
    (makes.length === 0 ? [] : world.list(source, type)).flatMap(({ value }) =>
      makes.map((path) => String(valueAt(value, path)).toLowerCase()),
    ),
  );
}

function prefixesOf(id: string): readonly string[] {
  const parts = id.split("/");
  return parts.slice(2, -1).map((_, at) => parts.slice(0, at + 3).join("/"));
}

function parentsByRule(
  context: TypeContext,
  { of, attribute, types, by, also = [], unless = [] }: ParentRule,
  planned: Value,
  { worldId }: ResourceIdentity,
  world: World,
): readonly Parent[] {
  const { source, typeName } = context;
  if (types.includes(typeName) || !of.some((pattern) => meetsWildcard(pattern, typeName))) return [];
  const name = valueAt(planned, attribute);
  if (typeof name !== "string" || name === "" || unless.some((pattern) => meetsWildcard(pattern, name)))
    return [];
  const exists = [...types, ...also].some((entry) => {
    const [type, from = source] = entry.split(":").reverse() as [string, string?];
    return world
      .list(from, type)
      .some((made) => placesAgree(made.id, worldId) && by.some((path) => valueAt(made.value, path) === name));
  });
  return [{ types, name, attributes: { [by[0]!]: name }, exists }];
}

function problemOf(
  { typeName }: TypeContext,
  family: ProviderFamily,
  { types, name, attributes }: Parent,
): ProviderProblem {
  const type = types.find((one) => family.resources.has(one)) ?? types[0]!;
  return {
    severity: "error",
    summary: `There is no ${type} "${name}"`,
    detail:
      `This ${typeName} stands in it, and nothing in this rehearsal has made it. If a stack makes it, take its name ` +
      "from an output of that stack, or from the resource, so that it comes first: a name that is merely written " +
      `down waits for nothing. ${describeGiven(type, attributes)}`,
    path: [],
  };
}
