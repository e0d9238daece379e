import { cutProviderSchema } from "../provider/cut-provider-schema.ts";
import { missingTypes, readSchemaPack, type SchemaPack } from "../provider/schema-pack.ts";
import { meetsConstraint } from "../text/version-constraint.ts";
import { packFile } from "./pack-file.ts";
import type { SchemaNeed, SchemaText } from "./schema-origin.ts";

/** Why a provider has no schema here, and what to do. */
export interface PackProblem {
  /** What it lacks, as a pack's script names it: `aws_vpc`, `data.aws_vpc`; without them it is the whole provider. */
  readonly types?: readonly string[];
  readonly message: string;
  readonly hint: string;
}

/** The schema of a provider from its pack: of the version that the platform is locked to, with every type in use. */
export function packedSchema(
  need: SchemaNeed,
  locked: string | undefined,
  folders: readonly string[],
): SchemaText | PackProblem {
  const { source } = need;
  const wanted = locked ?? (need.constraints.join(", ") || undefined);
  const file = packFile(folders, source, ".json");
  if (file === undefined) {
    const message = `'${source}' cannot be rehearsed: it is not installed${wanted === undefined ? "" : ` in version ${wanted}`}, and there is no pack of its schema`;
    return { message, hint: installOr(need, undefined) };
  }
  const reading = readSchemaPack(file.text, file.path, source);
  if (reading.status === "bad") {
    return {
      message: reading.message,
      hint: "Make the pack again: the README of schema/providers says how.",
    };
  }
  const { pack } = reading;
  return versionProblem(need, locked, pack) ?? typeProblem(need, pack) ?? schemaText(need, pack);
}

function schemaText(need: SchemaNeed, pack: SchemaPack): SchemaText {
  const { origin, version } = pack;
  return {
    json: cutProviderSchema(pack, need),
    kind: "pack",
    version,
    from: `a pack, ${origin.kind === "package" ? `from ${origin.name} ${origin.version}` : "captured from the provider"}`,
    isExact: origin.kind === "provider",
  };
}

function versionProblem(
  need: SchemaNeed,
  locked: string | undefined,
  pack: SchemaPack,
): PackProblem | undefined {
  const { source, constraints } = need;
  const cannot = `'${source}' cannot be rehearsed: the pack of its schema is ${pack.version}, and the platform`;
  if (locked !== undefined) {
    if (locked === pack.version) return undefined;
    return { message: `${cannot} is locked to ${locked}`, hint: installOr(need, locked) };
  }
  const broken = constraints.find((constraint) => !meetsConstraint(pack.version, constraint));
  if (broken === undefined) return undefined;
  return { message: `${cannot} asks for '${broken}'`, hint: installOr(need, undefined) };
}

function typeProblem(need: SchemaNeed, pack: SchemaPack): PackProblem | undefined {
  const missing = missingTypes(pack, need);
  if (missing.length === 0) return undefined;
  const list = missing.map((type) => `'${type}'`).join(", ");
  const message = `'${need.source}' cannot be rehearsed: the pack of its schema (${pack.version}) has no ${list}`;
  const hint = missing.some((type) => type.startsWith("ephemeral."))
    ? `Packages tell nothing of ephemeral resources: ${install(need.source)}.`
    : installOr(need, pack.version);
  return { types: missing, message, hint };
}

function install(source: string): string {
  return `put ${source} into a mirror: '.platc/providers' ('terraform providers mirror .platc/providers'), or a folder that PLATC_PROVIDER_MIRROR names`;
}

/** More would bury the rest of the hint. */
const MOST_NAMED = 8;

function installOr(need: SchemaNeed, version: string | undefined): string {
  const { resources, dataSources } = need;
  const named = [...resources, ...dataSources.map((type) => `data.${type}`)];
  const types = named.length === 0 || named.length > MOST_NAMED ? "all" : named.join(",");
  const name = need.source.split("/").at(-1) ?? "";
  const release = version === undefined ? "" : ` of the release that stands for ${version}`;
  const make = `make a pack${release}: 'node <platc>/schema/extract-provider.mjs --to schema/providers @cdktf/provider-${name} --types ${types}'`;
  return `Either ${install(need.source)}, or ${make}. A type that no provider has is a slip in a module.`;
}
