import { cutProviderSchema } from "../provider/cut-provider-schema.ts";
import { missingTypes, readSchemaPack, type PackOrigin } from "../provider/schema-pack.ts";
import type { TerraformProgram } from "../text/flavour.ts";
import { fitsNeed } from "./fits-need.ts";
import { type JoinedPacks, joinPacks, packsInUse } from "./joined-packs.ts";
import { knownTypes } from "./known-types.ts";
import { namesOfTypes } from "./names-of-types.ts";
import { nearTypes } from "./near-types.ts";
import { packFiles } from "./pack-file.ts";
import type { PackOrder } from "./pack-order.ts";
import type { SchemaNeed, SchemaText } from "./schema-origin.ts";

/** Why a provider has no schema here, and what to do. */
export interface PackProblem {
  /** What it lacks, as a pack's script names it: `aws_vpc`, `data.aws_vpc`; without them it is the whole provider. */
  readonly types?: readonly string[];
  readonly message: string;
  readonly hint: string;
  /** Where a pack would help. */
  readonly order?: PackOrder;
}

/**
 * The schema of a provider from its packs: of the version that the platform is locked to, with every type in use. Packs
 * of one version are used together; of several versions the first that has all types is.
 */
export function packedSchema(
  need: SchemaNeed,
  locked: string | undefined,
  folders: readonly string[],
  program: TerraformProgram = "terraform",
): SchemaText | PackProblem {
  const { source } = need;
  const files = packFiles(folders, source, ".json");
  const readings = files.map(({ path, text }) => ({ path, ...readSchemaPack(text, path, source) }));
  const bad = readings.find((reading) => reading.status === "bad");
  if (bad) return { message: bad.message, hint: `Remove it; ${making(source)}.` };
  const versions = joinPacks(readings.filter((reading) => reading.status === "ok"));
  const fitting = versions.filter(({ version }) => fitsNeed(version, need, locked));
  const whole = fitting.find(({ json }) => missingTypes(json, need).length === 0);
  if (whole) return schemaText(need, whole);
  if (fitting[0]) return typeProblem(need, fitting[0], program);
  return versionProblem(need, locked, versions, program);
}

function schemaText(need: SchemaNeed, found: JoinedPacks): SchemaText {
  const json = cutProviderSchema(found.json, need);
  const packs = packsInUse(found, json);
  const origins = [...new Set(packs.map(({ pack }) => originText(pack.origin)))];
  return {
    json,
    kind: "pack",
    version: found.version,
    from: `${packs.length === 1 ? "a pack" : "packs"}, ${origins.join(" and ")}`,
    files: packs.map(({ path }) => path),
    isExact: packs.every(({ pack }) => pack.origin.kind === "provider"),
  };
}

function originText(origin: PackOrigin): string {
  return origin.kind === "package" ? `from ${origin.name} ${origin.version}` : "captured from the provider";
}

/** No pack has a version that will do: another one is needed, of all types in use. */
function versionProblem(
  need: SchemaNeed,
  locked: string | undefined,
  packs: readonly JoinedPacks[],
  program: TerraformProgram,
): PackProblem {
  const { source, constraints } = need;
  const wanted = locked ?? (constraints.join(", ") || undefined);
  const order = {
    types: namesOfTypes(need),
    ...(locked !== undefined && { version: locked }),
    constraints,
  };
  const hint = `${capitalised(making(source))}; or ${installing(source, locked, program)}.`;
  if (packs.length === 0) {
    const message = `'${source}' cannot be rehearsed: it is not installed${wanted === undefined ? "" : ` in version ${wanted}`}, and there is no pack of its schema`;
    return { message, hint, order };
  }
  const asked = locked === undefined ? `asks for '${wanted ?? ""}'` : `is locked to ${locked}`;
  const versions = packs.map(({ version }) => version).join(" and ");
  return {
    message: `'${source}' cannot be rehearsed: the pack of its schema is ${versions}, and the platform ${asked}`,
    hint,
    order,
  };
}

function typeProblem(
  need: SchemaNeed,
  { json, version }: JoinedPacks,
  program: TerraformProgram,
): PackProblem {
  const { source, constraints } = need;
  const types = missingTypes(json, need);
  const list = types.map((type) => `'${type}'`).join(", ");
  const near = nearTypes(types, knownTypes(json));
  const isEphemeral = types.some((type) => type.startsWith("ephemeral."));
  const ways = isEphemeral
    ? `few packages tell of ephemeral resources: ${installing(source, version, program)}; or try whether ${making(source)}`
    : `${making(source)}; or ${installing(source, version, program)}`;
  return {
    types,
    message: `'${source}' cannot be rehearsed: the pack of its schema (${version}) has no ${list}`,
    hint: near.length === 0 ? `${capitalised(ways)}.` : `${near.join(" ")} If not, ${ways}.`,
    order: { types, version, constraints },
  };
}

function making(source: string): string {
  return `'platc rehearsal pack ${source}' makes what is missing from a package on npm`;
}

function installing(source: string, version: string | undefined, program: TerraformProgram): string {
  const what = version === undefined ? source : `${source} ${version}`;
  return `put ${what} into a mirror: '.platc/providers' ('${program} providers mirror .platc/providers'), or a folder that PLATC_PROVIDER_MIRROR names`;
}

function capitalised(text: string): string {
  return text.startsWith("'") ? text : text[0]!.toUpperCase() + text.slice(1);
}
