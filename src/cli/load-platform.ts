import { existsSync } from "node:fs";
import { join } from "node:path";
import {
  type Analysis,
  analyse,
  compile,
  type Compilation,
  type CompileOptions,
  hasErrors,
} from "../compile.ts";
import { renderDiagnostics } from "../diagnostics/render.ts";
import { diskSources } from "../disk/disk-sources.ts";
import { findSpec, type FoundSpec } from "../disk/find-spec.ts";
import { createHclCache } from "../disk/hcl-cache.ts";
import { parseHcl } from "../disk/hcl-parser.ts";
import { ignoreWorkFolder } from "../disk/ignore-work-folder.ts";
import { createSpecCache } from "../disk/spec-cache.ts";
import { shippedModules } from "../disk/shipped-modules.ts";
import type { Sources } from "../source/sources.ts";
import { parseWithLibrary } from "../spec/read-spec.ts";
import type { Platform } from "../stacks/platform-model.ts";
import { paintFor } from "./paint.ts";
import type { Context } from "./context.ts";
import { CommandError, EXIT } from "./exit-codes.ts";

/** A project on disk, opened for a command. */
export interface Project extends FoundSpec {
  readonly sources: Sources;
}

/** Finds the spec that a command works on. */
export function openProject(context: Context, given: string | undefined): Project {
  const found = findSpec(context.cwd, given, context.environment);
  if ("message" in found)
    throw new CommandError(found.message, found.hint, given === undefined ? EXIT.failed : EXIT.usage);
  if (existsSync(join(found.root, ".platc"))) ignoreWorkFolder(found.root);
  return projectAt(found);
}

/** A project of which the place is known. */
export function projectAt(found: FoundSpec): Project {
  return { ...found, sources: diskSources(found.root) };
}

/** Compiles in memory; nothing is written. Mistakes in the spec end the command. */
export async function compileProject(
  context: Context,
  project: Project,
): Promise<Compilation & { readonly platform: Platform }> {
  return withPlatform(context, await compile(project.sources, compileOptions(project)));
}

/** Understands the spec without emitting anything. Mistakes in the spec end the command. */
export async function analyseProject(
  context: Context,
  project: Project,
): Promise<Analysis & { readonly platform: Platform }> {
  return withPlatform(context, await analyse(project.sources, compileOptions(project)));
}

/** How a command compiles: with caches, and with the modules that platc ships. */
export function compileOptions(project: Project): CompileOptions {
  const specCache = join(project.root, ".platc", "cache", "spec");
  return {
    spec: project.spec,
    parseHcl: cachedParser(project),
    shippedModules: shippedModules(),
    parseYaml: createSpecCache(specCache, parseWithLibrary),
  };
}

export function cachedParser(project: Project): ReturnType<typeof createHclCache> {
  ignoreWorkFolder(project.root);
  return createHclCache(join(project.root, ".platc", "cache", "hcl"), parseHcl);
}

/** Ends a command whose spec has mistakes, after all of them are told. */
export class SpecError extends CommandError {
  constructor(
    readonly rendered: string,
    count: number,
  ) {
    super(count === 1 ? "the spec has a mistake" : `the spec has ${count} mistakes`);
  }
}

function withPlatform<Result extends Analysis>(
  context: Context,
  result: Result,
): Result & { readonly platform: Platform } {
  const { diagnostics, platform } = result;
  const paint = paintFor(context, context.stderr);
  if (!platform || hasErrors(diagnostics)) {
    throw new SpecError(
      renderDiagnostics(diagnostics, paint),
      diagnostics.filter((one) => one.severity === "error").length,
    );
  }
  if (diagnostics.length > 0) context.stderr.write(`${renderDiagnostics(diagnostics, paint)}\n`);
  return { ...result, platform };
}
