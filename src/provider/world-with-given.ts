import { completeResource } from "./complete-resource.ts";
import { conformAttribute, conformBlock } from "./conform-block.ts";
import { worldId } from "./configuration-scope.ts";
import type { GivenResource } from "./given-resource.ts";
import { idTemplate } from "./id-template.ts";
import { isRecord, type ValueRecord } from "./is-record.ts";
import { matchTemplate } from "./match-template.ts";
import { planObject } from "./plan-object.ts";
import type { MadeResource, TypeContext, World } from "./provider-engine.ts";
import type { TypeSchema } from "./provider-schema.ts";
import { newIdentity } from "./resource-identity.ts";

const UNKNOWN_SCHEMA: TypeSchema = { version: 0, block: { attributes: new Map(), blocks: new Map() } };
const NOTHING: World = { find: () => undefined, list: () => [], children: () => [] };

/**
 * The world with what is given to the stack's environment in it, wherever the provider's configuration points to. What a stack has taken over by
 * an import is that stack's, and what it destroyed since is gone.
 */
export function worldWithGiven(context: TypeContext, world: World & Partial<Remembered>): World {
  const { environment } = context;
  const here = (context.family?.given ?? []).filter(
    (one) => one.environment === undefined || one.environment === environment,
  );
  if (here.length === 0) return world;
  // What is given to all comes first, so that the environment's own takes its place under the same id.
  const given = [...here].sort(
    (left, right) => Number(left.environment !== undefined) - Number(right.environment !== undefined),
  );
  const madeOf = (source: string, typeName: string): readonly MadeResource[] => {
    const made = given
      .filter((one) => one.source === source && one.typeName === typeName)
      .map((one) => givenResource(context, one))
      .filter(({ id }) => world.isDeleted?.({ source, typeName, id }) !== true);
    return [...new Map(made.map((one) => [one.id, one])).values()];
  };
  return {
    find: (source, typeName, id) =>
      world.find(source, typeName, id) ?? madeOf(source, typeName).find((one) => one.id === id),
    list(source, typeName) {
      const made = world.list(source, typeName);
      const ids = new Set(made.map(({ id }) => id));
      return [...made, ...madeOf(source, typeName).filter(({ id }) => !ids.has(id))];
    },
    children: (id) => world.children(id),
  };
}

interface Remembered {
  readonly isDeleted: (key: {
    readonly source: string;
    readonly typeName: string;
    readonly id: string;
  }) => boolean;
}

/** A given resource with an id, and with all else that one of its type has where the schema is served. */
function givenResource(asking: TypeContext, { source, typeName, attributes }: GivenResource): MadeResource {
  const { family } = asking;
  const isOwn = source === asking.source;
  const context: TypeContext = {
    ...asking,
    source,
    typeName,
    schema: (isOwn ? family?.resources.get(typeName) : undefined) ?? UNKNOWN_SCHEMA,
    overlay: isOwn ? family?.overlays.get(typeName) : undefined,
  };
  const described = withNamesOfId(context, attributes);
  const { block } = context.schema;
  const config = conformBlock(block, described);
  const { defaults = {} } = context.overlay ?? {};
  const planned = planObject(
    block,
    { prior: undefined, proposed: config, config },
    {
      defaultAt: (path, attribute) =>
        Object.hasOwn(defaults, path) && attribute.isOptional
          ? conformAttribute(attribute, defaults[path])
          : undefined,
      followsChange: () => false,
    },
  );
  const own = described["id"];
  const made = newIdentity(context, { ...described, ...planned }, NOTHING);
  const id = typeof own === "string" && own !== "" ? own : made.id;
  const completed = completeResource(context, made.named, { id, seed: `${typeName}\n${id}` });
  return { id: worldId(context, id), value: { ...described, ...completed, id } };
}

/** Where only the id is said, it says what its template is made of. */
function withNamesOfId(context: TypeContext, attributes: ValueRecord): ValueRecord {
  const template = idTemplate(context);
  const { id } = attributes;
  if (template === undefined || typeof id !== "string") return attributes;
  const names = [...(matchTemplate(template, id) ?? [])];
  return names.reduce((record, [path, text]) => placed(record, path.split("."), text), attributes);
}

function placed(record: ValueRecord, [name, ...rest]: readonly string[], text: string): ValueRecord {
  const inner = record[name!] ?? null;
  if (rest.length === 0) return { [name!]: text, ...record };
  if (Array.isArray(inner)) return record;
  return { ...record, [name!]: placed(isRecord(inner) ? inner : {}, rest, text) };
}
