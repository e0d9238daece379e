import { digestOf } from "../text/digest.ts";
import { canonicalText } from "./canonical-text.ts";
import { completeResource } from "./complete-resource.ts";
import { worldId } from "./configuration-scope.ts";
import { attributesIn, expandTemplate, isSetting } from "./expand-template.ts";
import { idTemplate } from "./id-template.ts";
import { isRecord, type ValueRecord } from "./is-record.ts";
import type { TypeContext, World } from "./provider-engine.ts";
import { settingOf } from "./setting-of.ts";
import { UNKNOWN, type Value } from "./value.ts";
import { valueAt } from "./value-at.ts";

/** What a resource is called: in its own `id`, and in the world, where two places may hold the same id. */
export interface ResourceIdentity {
  readonly id: string;
  readonly worldId: string;
}

/** Of a resource that is about to be made, with the plan of it, in which every name that its id is made of is known. */
export interface NewIdentity extends ResourceIdentity {
  readonly named: ValueRecord;
}

/**
 * The identity of a resource that is about to be made, from its inputs. Where all that its id is made of was written,
 * it may be one that the world has already; else twins that are equal in all they were given are counted.
 */
export function newIdentity(context: TypeContext, planned: ValueRecord, world: World): NewIdentity {
  const template = idTemplate(context);
  const unnamed = attributesIn(template).filter((name) => valueAt(planned, name) === UNKNOWN);
  let last: string | undefined;
  for (let twin = 0; ; twin++) {
    const seed = seedOf(context, planned, twin);
    const named = withNames(context, planned, unnamed, seed);
    const id = template === undefined ? hashId(context, seed) : idOf(context, template, named);
    const kept = worldId(context, id);
    const isFree = world.find(context.source, context.typeName, kept) === undefined;
    if (isFree || id === last) return { id, worldId: kept, named };
    last = id;
  }
}

/** Of a resource that exists without the world's knowing it. */
export function existingIdentity(context: TypeContext, current: Value): ResourceIdentity {
  const template = idTemplate(context);
  const own = valueAt(current, "id");
  const id =
    template !== undefined
      ? idOf(context, template, current)
      : typeof own === "string" && own !== ""
        ? own
        : hashId(context, seedOf(context, current, 0));
  return { id, worldId: worldId(context, id) };
}

function idOf(context: TypeContext, template: string, resource: Value): string {
  const id = expandTemplate(template, (name) =>
    isSetting(name) ? settingOf(context, name) : valueAt(resource, name),
  );
  return typeof id === "string" ? id : canonicalText(id);
}

/** Names that nobody wrote, as the provider makes them up: they come from the inputs. */
function withNames(
  context: TypeContext,
  planned: ValueRecord,
  names: readonly string[],
  seed: string,
): ValueRecord {
  if (names.length === 0) return planned;
  const made = completeResource(context, planned, { id: "", seed });
  return names.reduce(
    (named, name) => replacedAt(named, name.split("."), valueAt(made, name)) as ValueRecord,
    planned,
  );
}

/** As `valueAt` reads it: of a list without an index, the first element. */
function replacedAt(value: Value, [name, ...rest]: readonly string[], text: Value): Value {
  if (name === undefined) return text;
  if (Array.isArray(value)) {
    const [first = null, ...others] = value as readonly Value[];
    return [replacedAt(first, [name, ...rest], text), ...others];
  }
  return isRecord(value) ? { ...value, [name]: replacedAt(value[name] ?? null, rest, text) } : value;
}

/** What the made-up values of a resource without an id come from. */
function seedOf(context: TypeContext, planned: Value, twin: number): string {
  return digestOf([context.source, context.typeName, canonicalText(planned), twin].join("\n"));
}

const AWS_PREFIXES: Readonly<Record<string, string>> = {
  aws_eip: "eipalloc",
  aws_instance: "i",
  aws_internet_gateway: "igw",
  aws_nat_gateway: "nat",
  aws_network_acl: "acl",
  aws_network_interface: "eni",
  aws_route_table: "rtb",
  aws_route_table_association: "rtbassoc",
  aws_security_group: "sg",
  aws_security_group_rule: "sgrule",
  aws_subnet: "subnet",
  aws_vpc: "vpc",
  aws_vpc_endpoint: "vpce",
};

function hashId({ typeName }: TypeContext, seed: string): string {
  const prefix = AWS_PREFIXES[typeName];
  return prefix === undefined ? `rehearsal-${seed.slice(0, 16)}` : `${prefix}-${seed.slice(0, 17)}`;
}
