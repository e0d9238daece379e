import { digestOf } from "../text/digest.ts";
import { canonicalText } from "./canonical-text.ts";
import { worldId } from "./configuration-scope.ts";
import { expandTemplate, isSetting } from "./expand-template.ts";
import { idTemplate } from "./id-template.ts";
import { madeUpValue } from "./made-up-value.ts";
import type { TypeContext, World } from "./provider-engine.ts";
import { settingOf } from "./setting-of.ts";
import { UNKNOWN, type Value } from "./value.ts";
import { valueAt } from "./value-at.ts";

/** What a resource is called: in its own `id`, and in the world, where two places may hold the same id. */
export interface ResourceIdentity {
  readonly id: string;
  readonly worldId: string;
}

/**
 * The identity of a resource that is about to be made, from its inputs. By a template it may be one that the world
 * has already; without one, twins that are equal in all they were given are counted.
 */
export function newIdentity(context: TypeContext, planned: Value, world: World): ResourceIdentity {
  const template = idTemplate(context);
  if (template !== undefined) {
    const seed = seedOf(context, planned, 0);
    const id = textOf(expandTemplate(template, (name) => nameIn(context, planned, name, seed)));
    return { id, worldId: worldId(context, id) };
  }
  for (let twin = 0; ; twin++) {
    const id = hashId(context, seedOf(context, planned, twin));
    const kept = worldId(context, id);
    if (world.find(context.source, context.typeName, kept) === undefined) return { id, worldId: kept };
  }
}

/** Of a resource that exists without the world's knowing it. */
export function existingIdentity(context: TypeContext, current: Value): ResourceIdentity {
  const template = idTemplate(context);
  const own = valueAt(current, "id");
  const id =
    template !== undefined
      ? textOf(expandTemplate(template, (name) => nameIn(context, current, name, "")))
      : typeof own === "string" && own !== ""
        ? own
        : hashId(context, seedOf(context, current, 0));
  return { id, worldId: worldId(context, id) };
}

/** A part of an id; one that the provider makes up, such as a name that was left out, comes from the inputs. */
export function nameIn(context: TypeContext, planned: Value, name: string, seed: string): Value {
  if (isSetting(name)) return settingOf(context, name);
  const value = valueAt(planned, name);
  if (value !== UNKNOWN) return value;
  return madeUpValue("string", { context, path: name.split("."), label: "", seed });
}

/** What the made-up values of a resource without an id come from. */
export function seedOf(context: TypeContext, planned: Value, twin: number): string {
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

function textOf(value: Value): string {
  return typeof value === "string" ? value : canonicalText(value);
}
