import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { nearest } from "./nearest.mjs";
import { packText } from "./pack-text.mjs";

const SECTIONS = { resource_schemas: "", data_source_schemas: "data.", ephemeral_resource_schemas: "ephemeral." };

/**
 * Adds types of a schema to the pack in a file, or makes the file. What it holds already stays in it, read anew: a file
 * has one version of the provider. Without `types` these alone are read; `all` stands for every type. Returns what was
 * done; types that the provider does not have are told and keep the others from nothing.
 */
export function writePack(target, { schema, declared = [], ...header }, types) {
  const before = existsSync(target) ? JSON.parse(readFileSync(target, "utf8")) : undefined;
  if (types === undefined && before === undefined)
    throw new Error(`'${header.source}' has no pack yet: name its types with --types`);
  refuseLess(target, before, header);
  const known = namesIn(schema);
  const held = before === undefined ? [] : namesIn(before);
  const asked = (types ?? []).includes("all") ? known : (types ?? []);
  const unknown = asked
    .filter((type) => !known.includes(type))
    .map((type) => ({ type, near: nearest(type, known.filter((one) => one !== type)) }));
  if (unknown.length > 0 && unknown.length === asked.length) return { path: target, ...about(header), added: [], unknown };
  const kept = new Set([...held, ...asked, ...declared].filter((type) => known.includes(type)));
  const pack = { ...header, schema: cut(schema, kept) };
  const text = packText(pack);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(`${target}.tmp`, text);
  renameSync(`${target}.tmp`, target);
  return {
    path: target,
    ...about(header),
    added: [...kept].filter((type) => !held.includes(type)).sort(),
    ...(before !== undefined && before.version !== header.version && { replaced: before.version }),
    gone: held.filter((type) => !kept.has(type)),
    unknown,
    bytes: Buffer.byteLength(text),
  };
}

function about({ source, version, origin }) {
  return { source, version, origin };
}

/** What a provider has said itself is more than a package says of the same version. */
function refuseLess(target, before, { origin, version }) {
  if (before === undefined || before.version !== version) return;
  if (before.origin.kind !== "provider" || origin.kind === "provider") return;
  throw new Error(
    `'${target}' holds what the provider ${version} says of itself, and a package says less: take the types from the provider as well (--schema), or move the file away`,
  );
}

function namesIn(schema) {
  return Object.entries(SECTIONS).flatMap(([section, prefix]) =>
    Object.keys(schema[section] ?? {}).map((type) => `${prefix}${type}`),
  );
}

function cut(schema, names) {
  const sections = Object.entries(SECTIONS).map(([section, prefix]) => [
    section,
    Object.fromEntries(Object.entries(schema[section] ?? {}).filter(([type]) => names.has(`${prefix}${type}`))),
  ]);
  return { provider: schema.provider, ...Object.fromEntries(sections) };
}
