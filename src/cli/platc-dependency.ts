import { readFileSync } from "node:fs";
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import type { PlatcDependency } from "../generate/project/project-package.ts";

/**
 * What a new project in a folder takes platc from, so that it gets the platc that made it: a version of the registry,
 * or the very git commit, address or tarball that this one was installed from. A tarball goes with the project; a
 * checkout of platc's own repository is linked to.
 */
export function platcDependency(packageRoot: string, folder: string): PlatcDependency {
  if (!packageRoot.split(sep).includes("node_modules"))
    return { spec: `file:${npmPath(relative(folder, packageRoot))}` };
  const { version } = readJson(join(packageRoot, "package.json")) as { version: string };
  const installed = dirname(dirname(packageRoot));
  const resolved = resolvedIn(installed) ?? "";
  if (resolved.startsWith("git")) return { spec: resolved };
  if (/^https?:/.test(resolved) && isAskedFor(installed, resolved)) return { spec: resolved };
  const newest = `^${version}`;
  if (!resolved.startsWith("file:")) return { spec: newest };
  const path = resolve(installed, resolved.slice("file:".length));
  const note = `'${path}', from which this platc was installed, is not there any more: package.json takes platc ${newest} from the registry`;
  return tarballFor(folder, path) ?? { spec: newest, note };
}

/** From where npm took the platc of a project. */
function resolvedIn(root: string): string | undefined {
  for (const name of ["node_modules/.package-lock.json", "package-lock.json"]) {
    const { packages } = readJson(join(root, name)) as {
      readonly packages?: Readonly<Record<string, { readonly resolved?: string }>>;
    };
    const resolved = packages?.["node_modules/platc"]?.resolved;
    if (resolved !== undefined) return resolved;
  }
  return undefined;
}

/** Whether a project names an address itself: what comes from a registry has one too. */
function isAskedFor(root: string, address: string): boolean {
  const named = readJson(join(root, "package.json"));
  return ["dependencies", "devDependencies", "optionalDependencies"].some(
    (field) => (named[field] as Readonly<Record<string, unknown>> | undefined)?.["platc"] === address,
  );
}

/** Undefined where the tarball is not there any more. */
function tarballFor(folder: string, path: string): PlatcDependency | undefined {
  const way = relative(folder, path);
  const isWithin = !way.startsWith("..") && !isAbsolute(way);
  if (isWithin) return { spec: `file:${npmPath(way)}` };
  const name = basename(path);
  try {
    return { spec: `file:${name}`, tarball: { path: name, content: readFileSync(path) } };
  } catch {
    return undefined;
  }
}

function npmPath(path: string): string {
  return path.split(sep).join("/");
}

/** Empty where there is none. */
function readJson(path: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Readonly<Record<string, unknown>>;
  } catch {
    return {};
  }
}
