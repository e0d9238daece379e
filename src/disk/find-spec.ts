import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";

/** A spec on disk: its project's root, and its path from there with `/`. */
export interface FoundSpec {
  readonly root: string;
  readonly spec: string;
}

/** Where no spec could be found, and what to do about it. */
export interface NoSpec {
  readonly message: string;
  readonly hint: string;
}

/**
 * Finds the spec that a command works on: the one given, then PLATC_SPEC, then `"platc": {"spec": ...}` in the
 * nearest package.json, then `platform.yaml` here, then the only one under `specs/`.
 */
export function findSpec(
  cwd: string,
  given: string | undefined,
  environment: NodeJS.ProcessEnv,
): FoundSpec | NoSpec {
  const project = findUpward(
    cwd,
    (folder) => specOfPackage(folder) !== undefined || existsSync(join(folder, "specs")),
  );
  const atPath = (path: string, asNamed: string): FoundSpec | NoSpec => openAt(path, asNamed, cwd, project);
  const named = given ?? environment["PLATC_SPEC"];
  if (named !== undefined) return atPath(resolve(cwd, named), named);
  const ofPackage = project === undefined ? undefined : specOfPackage(project);
  if (project !== undefined && ofPackage !== undefined) return atPath(join(project, ofPackage), ofPackage);
  if (existsSync(join(cwd, "platform.yaml"))) return atPath(join(cwd, "platform.yaml"), "platform.yaml");
  const specs = project === undefined ? [] : specsUnder(join(project, "specs"));
  const [only, second] = specs;
  if (only !== undefined && second === undefined) return atPath(only, only);
  return {
    message:
      specs.length > 1
        ? `there are several specs: ${specs.map((spec) => relative(cwd, spec)).join(", ")}`
        : "there is no spec here",
    hint: `name it by --spec, PLATC_SPEC, or "platc": {"spec": ...} in package.json${specs.length > 1 ? "" : "; 'platc init' begins a new one"}`,
  };
}

function openAt(path: string, named: string, cwd: string, project: string | undefined): FoundSpec | NoSpec {
  if (!existsSync(path))
    return { message: `there is no spec '${named}'`, hint: "the path begins at the current folder" };
  const root = markedRoot(dirname(path)) ?? unmarkedRoot(path, cwd, project);
  return { root, spec: relative(root, path).split(sep).join("/") };
}

/** The folder in which `modules/` and `out/` lie: the nearest one above the spec that holds modules, a repository or a package. */
function markedRoot(folder: string): string | undefined {
  return findUpward(folder, (at) =>
    ["modules", ".git", "package.json"].some((name) => existsSync(join(at, name))),
  );
}

/** The same where nothing says what the project is: the folder of its `specs/`, else the current one if the spec lies in it. */
function unmarkedRoot(path: string, cwd: string, project: string | undefined): string {
  if (project !== undefined && isBelow(path, join(project, "specs"))) return project;
  return isBelow(path, cwd) ? cwd : dirname(path);
}

function isBelow(path: string, folder: string): boolean {
  return path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

function findUpward(folder: string, matches: (folder: string) => boolean): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    if (matches(at)) return at;
    if (dirname(at) === at) return undefined;
  }
}

function specOfPackage(folder: string): string | undefined {
  try {
    const parsed = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
      platc?: { spec?: unknown };
    };
    return typeof parsed.platc?.spec === "string" ? parsed.platc.spec : undefined;
  } catch {
    return undefined;
  }
}

function specsUnder(folder: string): string[] {
  try {
    return readdirSync(folder)
      .map((name) => join(folder, name, "platform.yaml"))
      .filter((path) => existsSync(path))
      .sort();
  } catch {
    return [];
  }
}
