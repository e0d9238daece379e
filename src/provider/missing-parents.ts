import { ownId } from "./configuration-scope.ts";
import { describeGiven } from "./describe-given.ts";
import { matchTemplate } from "./match-template.ts";
import type { Parent } from "./parent.ts";
import { parentsByRule } from "./parents-by-rule.ts";
import type { ProviderFamily, ProviderProblem, TypeContext, World } from "./provider-engine.ts";
import type { ResourceIdentity } from "./resource-identity.ts";
import { typeEntry } from "./type-entry.ts";
import type { Value } from "./value.ts";
import { valueAt } from "./value-at.ts";

export interface MissingParents {
  readonly problems: readonly ProviderProblem[];
  /** What may well exist: the platform makes nothing of its type, and says of none that it is given. */
  readonly assumed: readonly string[];
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
  const known = missing.filter(
    ({ types, isElsewhere }) => isElsewhere !== true && types.some((type) => isKept(context, family, type)),
  );
  return {
    problems: known.slice(0, 1).map((parent) => problemOf(context, family, parent)),
    assumed: missing
      .filter((parent) => !known.includes(parent))
      .map(({ types: [type], name }) => `${typeEntry(type!, context.source)[1]} "${name}"`),
  };
}

/** Whether the project itself says which of a type there are. */
function isKept(
  { source }: TypeContext,
  { resources, dataOverlays, given, elsewhere }: ProviderFamily,
  entry: string,
): boolean {
  const [from, type] = typeEntry(entry, source);
  if (from === source && dataOverlays.get(type)?.finds === null) return false;
  const isMade = from === source ? resources.has(type) : elsewhere?.has(entry) === true;
  return isMade || given.some((one) => one.source === from && one.typeName === type);
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

function problemOf(
  context: TypeContext,
  family: ProviderFamily,
  { types, name, attributes }: Parent,
): ProviderProblem {
  const { source, typeName } = context;
  const used = types.find((one) => family.resources.has(one) || family.elsewhere?.has(one) === true);
  const [, type] = typeEntry(used ?? types[0]!, source);
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
