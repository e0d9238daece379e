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
const UNKNOWN_PLACE = "=?";
const AWS_GLOBAL =
  /^aws_(?:s3_bucket|s3_object|iam_|route53_|cloudfront_|organizations_|account_|budgets_|ce_|globalaccelerator_|shield_|waf_)/;

/** Where a provider's configuration points to, as text: equal ids in two places are two resources. */
export function configurationScope(context: TypeContext): string {
  const isGlobal = AWS_GLOBAL.test(context.typeName);
  const account = accountOf(context);
  return [...(account === undefined ? [] : [`account=${account}`]), ...placesIn(context.settings)]
    .filter((place) => !(isGlobal && place.startsWith("region=")))
    .sort(byCodePoint)
    .join(" ");
}

/** An id as the world keeps it. */
export function worldId(context: TypeContext, id: string): string {
  const scope = configurationScope(context);
  return scope === "" ? id : `[${scope}] ${id}`;
}

/** An id of the world as people know it. */
export function ownId(worldsId: string): string {
  return worldsId.replace(/^\[[^\]]*\] /, "");
}

/** Whether it is known where the configuration points to: while planning, the server may be about to be made. */
export function isPlaceKnown({ settings }: TypeContext): boolean {
  return !placesIn(settings).some((place) => place.endsWith(UNKNOWN_PLACE));
}

/** The account of the role that an AWS provider takes on. */
export function accountOf(context: TypeContext): string | undefined {
  const role = valueAt(context.settings, "assume_role.role_arn");
  const account = typeof role === "string" ? /^arn:[\w-]+:iam::(\d{12}):/.exec(role)?.[1] : undefined;
  const allowed = valueAt(context.settings, "allowed_account_ids.0");
  return account ?? (typeof allowed === "string" ? allowed : undefined);
}

/** Wherever in the configuration: Helm has in a block what Kubernetes has at the top, and both mean one cluster. */
function placesIn(settings: Value): readonly string[] {
  if (Array.isArray(settings)) return settings.flatMap(placesIn);
  if (!isRecord(settings)) return [];
  return Object.entries(settings).flatMap(([name, value]) => {
    if (typeof value === "object") return placesIn(value);
    if (value === "" || !PLACES.has(name)) return [];
    return [typeof value === "symbol" ? `${name}${UNKNOWN_PLACE}` : `${name}=${escaped(String(value))}`];
  });
}

/** Places stand between brackets and are parted by spaces, and addresses of IPv6 and paths may hold either. */
function escaped(place: string): string {
  return place.replace(/[\] ]/g, encodeURIComponent);
}
