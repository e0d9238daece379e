import { meetsWildcard } from "./meets-wildcard.ts";
import type { Parent } from "./parent.ts";
import type { ParentRule } from "./parent-rule.ts";
import { placesAgree } from "./places-agree.ts";
import type { MadeResource, TypeContext, World } from "./provider-engine.ts";
import type { ResourceIdentity } from "./resource-identity.ts";
import { settingOf } from "./setting-of.ts";
import { textsAt } from "./texts-at.ts";
import { typeEntry } from "./type-entry.ts";
import type { Value } from "./value.ts";
import { valueAt } from "./value-at.ts";

/** What a resource stands in by one rule: one for each name in its attributes. */
export function parentsByRule(
  context: TypeContext,
  rule: ParentRule,
  planned: Value,
  { worldId }: ResourceIdentity,
  world: World,
): readonly Parent[] {
  const { source, typeName } = context;
  const { of, attribute, types, by, also = [], unless = [], itself = [] } = rule;
  if (types.includes(typeName) || !of.some((pattern) => meetsWildcard(pattern, typeName))) return [];
  if (itself.some((path) => isSet(valueAt(planned, path)))) return [];
  const names = new Set([attribute].flat().flatMap((path) => textsAt(planned, path)));
  const asked = [...names].filter(
    (name) => !isBeyond(name, by) && !unless.some((pattern) => meetsWildcard(pattern, name)),
  );
  if (asked.length === 0) return [];
  const made = [...types, ...also].flatMap((entry) => {
    const [from, type] = typeEntry(entry, source);
    return world.list(from, type);
  });
  return asked.map((name) => ({
    types,
    name,
    attributes: { [namingAttribute(name, by)]: name },
    exists: made.some((one) => hasName(one, name, by, worldId)),
    isElsewhere: isOfOtherAccount(context, name),
  }));
}

function isSet(value: Value): boolean {
  return value !== null && value !== false && value !== "";
}

const ARN = /^arn:/;
const ARN_NAME = /(?:^|[._])arn$/;
/** Ids and ARNs mean one thing in the world; names do so in one account and region. */
const TELLS_PLACE = /(?:^|[._])(?:id|arn|url)$/;
/** Ids that the rehearsal has made up for what it knows no more of. */
const MADE_UP = /(?:^|\/)rehearsal(?:-(?:[\w-]+-)?[0-9a-f]{8,16})?$|REHEARSAL|-fade[0-9a-f]{13}$/;

/** What no rule can tell: made-up values, and short forms of ARNs (`function:alias`). */
function isBeyond(name: string, by: readonly string[]): boolean {
  const isShortArn = by.some((path) => ARN_NAME.test(path)) && name.includes(":") && !ARN.test(name);
  return MADE_UP.test(name) || isShortArn;
}

function namingAttribute(name: string, by: readonly string[]): string {
  return (ARN.test(name) ? by.find((path) => ARN_NAME.test(path)) : undefined) ?? by[0]!;
}

function hasName(made: MadeResource, name: string, by: readonly string[], worldId: string): boolean {
  const wanted = withoutAccount(name);
  return by.some(
    (path) =>
      textsAt(made.value, path).some((text) => text === name || withoutAccount(text) === wanted) &&
      (TELLS_PLACE.test(path) || placesAgree(made.id, worldId)),
  );
}

/** A rehearsal knows no accounts but those that providers name: an ARN with a real one may mean what it has made. */
function withoutAccount(name: string): string {
  if (!ARN.test(name)) return name;
  const [arn, partition, service, region, , ...resource] = name.split(":");
  return [arn, partition, service, region, "", ...resource].join(":");
}

function isOfOtherAccount(context: TypeContext, name: string): boolean {
  const account = ARN.test(name) ? (name.split(":")[4] ?? "") : "";
  return account !== "" && account !== settingOf(context, "ACCOUNT");
}
