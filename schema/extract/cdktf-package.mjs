import { spawnSync } from "node:child_process";
import { createReadStream, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createGunzip } from "node:zlib";
import { readSource, typeScriptOf } from "./cdktf-source.mjs";
import { blockOf } from "./cdktf-schema.mjs";

const KINDS = {
  TerraformResource: "resource",
  TerraformDataSource: "data",
  TerraformEphemeralResource: "ephemeral",
  TerraformProvider: "provider",
};
const PREFIXES = { resource: "", data: "data.", ephemeral: "ephemeral." };

/**
 * Reads a CDKTF package, or one of its successor's, `@cdktn`, from npm or from a file, to what it says of itself and the
 * JSON schemas of the types that `isWanted` picks; a data source is `data.` and its type.
 */
export async function readCdktfPackage(specifier, isWanted) {
  const files = await filesOf(specifier);
  const about = JSON.parse(files.get("package.json").toString("utf8"));
  if (about.cdktf?.provider === undefined) throw new Error(`'${specifier}' is no package of a CDKTF provider`);
  const compiled = [...files].filter(([path]) => path.endsWith(".js")).map(([path, bytes]) => [path, cdktfText(bytes.toString("utf8"))]);
  // A block of at most one is told by its class; only providers on the old SDK, without nested types, have it.
  const hasNestedTypes = !compiled.some(([, text]) => /super\(\w+, \w+, false, 0\)/.test(text));
  const schema = { provider: undefined, resource_schemas: {}, data_source_schemas: {}, ephemeral_resource_schemas: {} };
  let copyright;
  for (const [path, text] of compiled) {
    const found = typeIn(text);
    if (found === undefined || (found.kind !== "provider" && !isWanted(found.name))) continue;
    const folder = path.slice(0, path.lastIndexOf("/") + 1);
    const structs = compiled.filter(([other]) => other.startsWith(`${folder}index-structs/structs`));
    const texts = [text, ...structs.map(([, one]) => one)].map((one) => cdktfText(typeScriptOf(one)));
    const source = readSource(texts);
    copyright ??= /^ \* (Copyright .*)$/m.exec(texts[0])?.[1];
    const type = { version: 0, block: blockOf(source, hasNestedTypes) };
    if (found.kind === "provider") schema.provider = type;
    else if (found.kind === "data") schema.data_source_schemas[found.type] = type;
    else if (found.kind === "ephemeral") schema.ephemeral_resource_schemas[found.type] = type;
    else schema.resource_schemas[found.type] = type;
  }
  const { name, version, license: licence, cdktf } = about;
  return { name, version, licence, provider: cdktf.provider, copyright, schema };
}

/** The successor of CDKTF differs in the name of its library alone. */
function cdktfText(text) {
  return text.replaceAll(/\bcdktn\./g, "cdktf.");
}

function typeIn(text) {
  const type = /^(?:\w+\.| *static )tfResourceType = "(\w+)";$/m.exec(text)?.[1];
  const kind = KINDS[/extends cdktf\.(Terraform(?:Resource|DataSource|EphemeralResource|Provider)) /.exec(text)?.[1]];
  if (type === undefined || kind === undefined) return undefined;
  return { kind, type, name: `${PREFIXES[kind] ?? ""}${type}` };
}

async function filesOf(specifier) {
  if (specifier.endsWith(".tgz")) return untar(specifier);
  const folder = mkdtempSync(join(tmpdir(), "platc-extract-"));
  try {
    return await untar(join(folder, fetchInto(folder, specifier)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The name of the fetched tarball. */
function fetchInto(folder, specifier) {
  const given = ["pack", "--json", "--ignore-scripts", "--pack-destination", folder, specifier];
  const { stdout, stderr, status, error } = spawnSync("npm", given, { encoding: "utf8", maxBuffer: 64 * 2 ** 20 });
  if (error !== undefined) throw new Error(`npm cannot be run: ${error.message}`);
  if (status === 0) return JSON.parse(stdout)[0].filename.replace(/^@/, "").replace("/", "-");
  throw new Error(`npm gives no '${specifier}': ${reasonOf(stdout) ?? stderr.trim()}`);
}

function reasonOf(stdout) {
  try {
    return JSON.parse(stdout).error.summary;
  } catch {
    return undefined;
  }
}

const KEPT = /^package\/(package\.json|lib\/[^/]+\/(?:index|index-structs\/structs\d+)\.js)$/;

/** The files of a tarball that hold schemas, by path; read as a stream, since some unpack to 370 MB. */
async function untar(path) {
  const files = new Map();
  let held = Buffer.alloc(0);
  let rest = 0;
  let file;
  for await (const chunk of createReadStream(path).pipe(createGunzip())) {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    for (;;) {
      if (rest > 0) {
        const part = held.subarray(0, rest);
        file?.parts.push(part);
        held = held.subarray(part.length);
        rest -= part.length;
        if (rest > 0) break;
      }
      if (file !== undefined) files.set(file.name, Buffer.concat(file.parts).subarray(0, file.size));
      file = undefined;
      if (held.length < 512) break;
      const header = held.subarray(0, 512);
      held = held.subarray(512);
      const name = text(header, 345, 155) === "" ? text(header, 0, 100) : `${text(header, 345, 155)}/${text(header, 0, 100)}`;
      const size = parseInt(text(header, 124, 12), 8) || 0;
      rest = Math.ceil(size / 512) * 512;
      const kept = KEPT.exec(name)?.[1];
      if (kept !== undefined) file = { name: kept, size, parts: [] };
    }
  }
  return files;
}

function text(header, start, length) {
  const bytes = header.subarray(start, start + length);
  const end = bytes.indexOf(0);
  return bytes.subarray(0, end < 0 ? length : end).toString("utf8");
}
