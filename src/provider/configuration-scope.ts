import { byCodePoint } from "../text/compare.ts";
import { isRecord } from "./is-record.ts";
import type { TypeContext } from "./provider-engine.ts";
import { valueAt } from "./value-at.ts";
import type { Value } from "./value.ts";

/** Settings that say which cloud, account or server a provider talks to; others (credentials, tags) do not. */
const PLACES = new Set([
  "address",
  "api_server",
  "cluster",
  "config_context",
  "config_path",
  "endpoint",
  "host",
  "hostname",
  "location",
  "organization",
  "port",
  "profile",
  "project",
  "region",
  "server",
  "subscription_id",
  "tenant_id",
  "url",
]);
const AWS_GLOBAL = /^aws_(?:s3_bucket|s3_object|iam_|route53_|cloudfront_|organizations_)/;

/** Where a provider's configuration points to, as text: equal ids in two places are two resources. */
export function configurationScope(context: TypeContext): string {
  const isGlobal = AWS_GLOBAL.test(context.typeName);
  const account = accountOf(context);
  return [...(account === undefined ? [] : [`account=${account}`]), ...placesIn(context.settings, "")]
    .filter((place) => !(isGlobal && place.startsWith("region=")))
    .sort(byCodePoint)
    .join(" ");
}

/** An id as the world keeps it. */
export function worldId(context: TypeContext, id: string): string {
  const scope = configurationScope(context);
  return scope === "" ? id : `[${scope}] ${id}`;
}

/** The account of the role that an AWS provider takes on. */
export function accountOf(context: TypeContext): string | undefined {
  const role = valueAt(context.settings, "assume_role.role_arn");
  const account = typeof role === "string" ? /^arn:[\w-]+:iam::(\d{12}):/.exec(role)?.[1] : undefined;
  const allowed = valueAt(context.settings, "allowed_account_ids.0");
  return account ?? (typeof allowed === "string" ? allowed : undefined);
}

function placesIn(settings: Value, prefix: string): readonly string[] {
  if (Array.isArray(settings)) return settings.flatMap((item: Value) => placesIn(item, prefix));
  if (!isRecord(settings)) return [];
  return Object.entries(settings).flatMap(([name, value]) => {
    if (typeof value === "object") return placesIn(value, `${prefix}${name}.`);
    const isSaid = typeof value !== "symbol" && value !== "" && PLACES.has(name);
    return isSaid ? [`${prefix}${name}=${String(value)}`] : [];
  });
}
