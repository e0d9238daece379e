import type { JsonObject } from "../../text/json.ts";
import { addToJson } from "./add-to-json.ts";
import type { ProjectFile } from "./project-file.ts";

/** What a project takes platc from. */
export interface PlatcDependency {
  /** A version, an address of git or of a tarball, or `file:` and a path. */
  readonly spec: string;
  /** The tarball that it names, where it goes with the project. */
  readonly tarball?: ProjectFile;
  /** What may be wrong with it. */
  readonly note?: string;
}

/**
 * The project's package.json, which holds platc at a version and says which spec it works on; a dependency on platc and
 * a spec that are there already stay. Undefined where the file is no JSON.
 */
export function projectPackage(
  existing: string | undefined,
  { spec, dependency }: { readonly spec: string; readonly dependency: string },
): string | undefined {
  const additions: JsonObject = {
    ...(existing === undefined && { private: true }),
    platc: { spec },
    ...(!holdsPlatc(existing) && { devDependencies: { platc: dependency } }),
  };
  return addToJson(existing, additions);
}

/** The spec that a package.json names. */
export function specOfPackage(text: string | undefined): string | undefined {
  const { platc } = read(text);
  const spec = (platc as { readonly spec?: unknown } | undefined)?.spec;
  return typeof spec === "string" ? spec : undefined;
}

/** Whether a package.json says already what platc is taken from. */
export function holdsPlatc(text: string | undefined): boolean {
  const fields = read(text);
  return ["dependencies", "devDependencies", "optionalDependencies"].some(
    (field) => (fields[field] as Readonly<Record<string, unknown>> | undefined)?.["platc"] !== undefined,
  );
}

function read(text: string | undefined): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text ?? "{}");
    return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  } catch {
    return {};
  }
}
