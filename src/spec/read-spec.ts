import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Sources } from "../source/sources.ts";
import { folderOf, resolvePath } from "../text/paths.ts";
import { checkShape } from "./check-shape.ts";
import { child, emptyMap, type MapEntry, type MapNode, type SpecNode, textOf } from "./node.ts";
import type { ParseYaml } from "./parsed-yaml.ts";

/** A spec with its included files laid into one tree, and every mistake in reading them. */
export interface ReadSpec {
  readonly root: MapNode;
  readonly files: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Loads the YAML library with the first file that it reads. */
export const parseWithLibrary: ParseYaml = async (file) => (await import("./parse-yaml.ts")).parseYaml(file);

/** Reads a spec by its path from the project root, and what it includes. */
export async function readSpec(
  path: string,
  sources: Sources,
  parseYaml: ParseYaml = parseWithLibrary,
): Promise<ReadSpec> {
  const text = await sources.readText(path);
  const file = { path, text: text ?? "" };
  if (text === undefined) {
    const diagnostic: Diagnostic = {
      code: "spec-not-found",
      severity: "error",
      message: `there is no spec '${path}'`,
      hint: 'name it by --spec, PLATC_SPEC, or "platc": {"spec": ...} in package.json',
    };
    return { root: emptyMap({ file, start: 0, end: 0 }), files: [], diagnostics: [diagnostic] };
  }
  const { node, diagnostics } = await parseYaml(file);
  if (node.kind !== "map")
    return {
      root: emptyMap(node.range),
      files: [path],
      diagnostics: [...diagnostics, noMap(node, "begin with 'version: 1'")],
    };
  if (node.entries.size === 0 && diagnostics.length === 0) {
    const diagnostic: Diagnostic = {
      code: "missing-key",
      severity: "error",
      message: "the spec is empty",
      hint: "begin with 'version: 1', then 'platform', 'state', 'environments' and 'stacks'",
      range: { file, start: 0, end: 0 },
    };
    return { root: node, files: [path], diagnostics: [diagnostic] };
  }
  const included = await readIncluded(node, path, sources, parseYaml);
  const found = [...diagnostics, ...included.diagnostics];
  const isReadable = !found.some((one) => one.severity === "error");
  return {
    root: included.root,
    files: [path, ...included.files],
    diagnostics: isReadable ? checkShape(included.root) : found,
  };
}

function noMap({ range }: SpecNode, hint: string): Diagnostic {
  return { code: "wrong-type", severity: "error", message: "a spec is a map of keys", hint, range };
}

async function readIncluded(
  root: MapNode,
  path: string,
  sources: Sources,
  parseYaml: ParseYaml,
): Promise<ReadSpec> {
  const named = child(root, "include");
  const items = named?.kind === "list" ? named.items : named ? [named] : [];
  const diagnostics: Diagnostic[] = [];
  const files: string[] = [];
  let joined = root;
  for (const item of items) {
    const paths = await includedPaths(textOf(item) ?? "", path, sources);
    if (paths.length === 0) {
      diagnostics.push({
        code: "spec-not-found",
        severity: "error",
        message: `'${textOf(item) ?? ""}' includes no file`,
        hint: "paths and globs begin at the folder of the spec",
        range: item.range,
      });
    }
    for (const included of paths.filter((one) => one !== path && !files.includes(one))) {
      const parsed = await parseYaml({ path: included, text: (await sources.readText(included)) ?? "" });
      files.push(included);
      diagnostics.push(...parsed.diagnostics);
      if (parsed.node.kind === "map") joined = joinMaps(joined, parsed.node, [], diagnostics);
      else
        diagnostics.push(noMap(parsed.node, "write keys of a spec: 'stacks:', 'environments:' and the like"));
    }
  }
  return { root: joined, files, diagnostics };
}

async function includedPaths(
  pattern: string,
  specPath: string,
  sources: Sources,
): Promise<readonly string[]> {
  const resolved = resolvePath(folderOf(specPath), pattern);
  if (resolved === undefined) return [];
  if (!/[*?]/.test(resolved)) return (await sources.readText(resolved)) === undefined ? [] : [resolved];
  const fixed = folderOf(resolved.slice(0, resolved.search(/[*?]/)));
  const matcher = globMatcher(resolved);
  return (await sources.listFiles(fixed)).filter((file) => matcher.test(file));
}

/** A glob as a regular expression: `*` within a folder, `**` through folders, `?` one character. */
export function globMatcher(glob: string): RegExp {
  const source = glob.replace(/[.+^${}()|[\]\\]/g, "\\$&").replace(/\*\*\/|\*\*|\*|\?/g, (found) => {
    if (found === "**/") return "(?:.*/)?";
    if (found === "**") return ".*";
    return found === "*" ? "[^/]*" : "[^/]";
  });
  return new RegExp(`^${source}$`);
}

/** Joins what two files say; the same key in both is a mistake, but for the maps that may be split. */
function joinMaps(
  below: MapNode,
  above: MapNode,
  path: readonly string[],
  diagnostics: Diagnostic[],
): MapNode {
  const entries = new Map<string, MapEntry>(below.entries);
  for (const [key, entry] of above.entries) {
    const known = entries.get(key);
    const at = [...path, key];
    if (!known) entries.set(key, entry);
    else if (maySplit(at) && isMap(known.value) && isMap(entry.value))
      entries.set(key, { ...known, value: joinMaps(known.value, entry.value, at, diagnostics) });
    else {
      diagnostics.push({
        code: "duplicate-key",
        severity: "error",
        message: `'${key}' is written in two files`,
        hint: "keep one of the two",
        range: entry.keyRange,
        related: [{ message: `'${key}' is first written here`, range: known.keyRange }],
      });
    }
  }
  return { ...below, entries };
}

/** The maps at the top, and that of the providers: each file may add names to them. */
function maySplit(path: readonly string[]): boolean {
  return path.length === 1 || path.join(".") === "terraform.providers";
}

function isMap(node: SpecNode): node is MapNode {
  return node.kind === "map";
}
