import { madeUpArn } from "./made-up-arn.ts";
import { accountOf } from "./configuration-scope.ts";
import { settingOf } from "./setting-of.ts";
import type { TextPlace } from "./text-place.ts";

type Shape = readonly [name: RegExp, text: (place: TextPlace) => string];

/** By the name of an attribute; the first that fits. Addresses and host names lead nowhere, by their standards. */
const SHAPES: readonly Shape[] = [
  [/(?:^|_)arn$/, madeUpArn],
  [/(?:^|_)(?:account_id|owner_id|registry_id)$/, accountOrDigits],
  [
    /(?:^|_)(?:tenant_id|subscription_id|project)$/,
    (place) => settingText(place, nameOf(place)) ?? uuid(place),
  ],
  [/(?:^|_)email$/, (place) => `${mark(place)}@rehearsal.invalid`],
  [
    /(?:_at|_date|_time|timestamp|^expir\w*|_expiry|^created|^updated|^last_modified)$/,
    () => "2020-01-01T00:00:00Z",
  ],
  [/(?:^|_)mac(?:_address(?:es)?)?$/, macAddress],
  [/cidr/, (place) => (isVersion6(place) ? "2001:db8::/64" : "198.51.100.0/24")],
  [/(?:^|_)(?:ip|ips|ipv4|ipv6|ip_address|ip_addresses|ipv[46]_address(?:es)?)$/, address],
  [/pem(?:_pkcs8)?$/, pem],
  [/openssh$/, (place) => `ssh-ed25519 ${base64(place)} rehearsal`],
  [/(?:^|_)base64$/, base64],
  [/(?:^|_)(?:md5|sha1|sha256|etag|checksum|fingerprint|thumbprint)$/, ({ digest }) => digest.slice(0, 32)],
  [/(?:^|_)(?:url|uri|endpoint|issuer|issuer_url)$/, (place) => `https://${host(place)}/`],
  [/(?:^|_)(?:fqdn|hostname|host_name|domain_name|dns_name|name_servers?|nameservers?)$/, host],
  [/(?:^|_)(?:domain|host|address)$/, host],
  [/(?:^|_)(?:json|policy)$/, () => "{}"],
  [/(?:^|_)(?:region|location)$/, (place) => settingText(place, "region") ?? mark(place)],
  [/(?:^|_)availability_zones?$/, (place) => `${settingText(place, "region") ?? "rehearsal-1"}a`],
  [/(?:^|_)(?:\w*version)$/, () => "1"],
  [/(?:^|_)id$/, (place) => awsId(place) ?? uuid(place)],
];
const CERTIFICATE = /certificate|(?:^|_)ca(?:_|$)|client_key|(?:^|_)(?:private|public)_key/;
const AWS_IDS: readonly (readonly [RegExp, string])[] = [
  [/(?:^|_)vpc_id$/, "vpc"],
  [/(?:^|_)subnet_id$/, "subnet"],
  [/security_group_id$/, "sg"],
  [/route_table_id$/, "rtb"],
  [/network_interface_id$/, "eni"],
  [/(?:^|_)instance_id$/, "i"],
  [/network_acl_id$/, "acl"],
  [/(?:^|_)volume_id$/, "vol"],
  [/(?:^|_)allocation_id$/, "eipalloc"],
  [/(?:^|_)association_id$/, "rtbassoc"],
  [/(?:^|_)image_id$/, "ami"],
];

/** A text in the shape that its place's name promises; where that is free it is marked as rehearsed. */
export function madeUpText(place: TextPlace): string {
  const shape = SHAPES.find(([name]) => name.test(nameOf(place)));
  if (shape !== undefined) return shape[1](place);
  return place.path.some((name) => CERTIFICATE.test(name)) ? base64(place) : mark(place);
}

/** A UUID of version 4's form. */
export function uuid({ digest }: Pick<TextPlace, "digest">): string {
  const parts = [
    digest.slice(0, 8),
    digest.slice(8, 12),
    `4${digest.slice(13, 16)}`,
    `8${digest.slice(17, 20)}`,
  ];
  return [...parts, digest.slice(20, 32)].join("-");
}

function nameOf({ path }: TextPlace): string {
  return (path.at(-1) ?? "").toLowerCase();
}

function mark(place: TextPlace): string {
  return `rehearsal-${nameOf(place).replaceAll("_", "-")}-${place.digest.slice(0, 8)}`;
}

function host({ digest }: TextPlace): string {
  return `rehearsal-${digest.slice(0, 8)}.invalid`;
}

function base64(place: TextPlace): string {
  return btoa(mark(place).replace(/[^\x00-\x7f]/g, "-"));
}

function pem(place: TextPlace): string {
  const label = /private/.test(nameOf(place))
    ? "PRIVATE KEY"
    : /public/.test(nameOf(place))
      ? "PUBLIC KEY"
      : "CERTIFICATE";
  return `-----BEGIN ${label}-----\n${base64(place)}\n-----END ${label}-----\n`;
}

function address(place: TextPlace): string {
  const last = 1 + (parseInt(place.digest.slice(0, 4), 16) % 254);
  return isVersion6(place) ? `2001:db8::${last.toString(16)}` : `192.0.2.${last}`;
}

/** Of those that nobody's hardware has: the second bit says so. */
function macAddress({ digest }: TextPlace): string {
  return ["02", ...[0, 2, 4, 6, 8].map((at) => digest.slice(at, at + 2))].join(":");
}

function isVersion6(place: TextPlace): boolean {
  return nameOf(place).includes("ipv6");
}

function awsId({ context, path, digest }: TextPlace): string | undefined {
  if (!/\/aws$/.test(context.source)) return undefined;
  const name = path.at(-1) ?? "";
  const prefix = AWS_IDS.find(([pattern]) => pattern.test(name))?.[1];
  // Nobody has made it: the mark says so wherever it is handed on to.
  return prefix === undefined ? undefined : `${prefix}-fade${digest.slice(0, 13)}`;
}

function accountOrDigits(place: TextPlace): string {
  return accountOf(place.context) ?? settingText(place, "account") ?? "000000000000";
}

function settingText({ context }: TextPlace, name: string): string | undefined {
  const setting = settingOf(context, name.toUpperCase());
  return typeof setting === "string" ? setting : undefined;
}
