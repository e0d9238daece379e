import type { Diagnostic } from "./diagnostics/diagnostic.ts";
import { emitPlatform, type OutputFile } from "./emit/emit-platform.ts";
import type { ManifestEntry } from "./emit/manifest.ts";
import { loadModules } from "./modules/load-modules.ts";
import type { ParseHcl } from "./modules/parsed-hcl.ts";
import { moduleProblems } from "./rules/module-problems.ts";
import { PLATFORM_RULES, SPEC_RULES } from "./rules/register.ts";
import type { Sources } from "./source/sources.ts";
import { completePlatform } from "./spec/complete-platform.ts";
import { readSpec } from "./spec/read-spec.ts";
import { connectPlatform } from "./stacks/connect-platform.ts";
import { expandStacks } from "./stacks/expand-stacks.ts";
import { moduleSources } from "./stacks/module-sources.ts";
import { nameScopes } from "./stacks/name-scopes.ts";
import type { Platform } from "./stacks/platform-model.ts";

export interface CompileOptions {
  /** Path of the spec from the project root. */
  readonly spec: string;
  readonly parseHcl: ParseHcl;
}

/** A platform understood, or what keeps it from being understood. */
export interface Analysis {
  readonly diagnostics: readonly Diagnostic[];
  /** There as soon as the spec can be read at all; trustworthy only without errors. */
  readonly platform: Platform | undefined;
}

export interface Compilation extends Analysis {
  /** Every file of `out/<platform>`, sorted by path; empty where there are errors. */
  readonly files: readonly OutputFile[];
  readonly manifest: readonly ManifestEntry[];
}

/** From a spec to Terraform: everything that compile does, in order. Pure but for what `sources` reads. */
export async function compile(sources: Sources, options: CompileOptions): Promise<Compilation> {
  const analysis = await analyse(sources, options);
  if (!analysis.platform || hasErrors(analysis.diagnostics)) return { ...analysis, files: [], manifest: [] };
  const { files, manifest } = await emitPlatform(analysis.platform, sources);
  return { ...analysis, files, manifest };
}

/** From a spec to stacks that know each other, and every mistake on the way. */
export async function analyse(sources: Sources, options: CompileOptions): Promise<Analysis> {
  const read = await readSpec(options.spec, sources);
  if (hasErrors(read.diagnostics)) return { diagnostics: read.diagnostics, platform: undefined };
  const spec = completePlatform(read.root);
  const found: Diagnostic[] = [...read.diagnostics, ...SPEC_RULES.flatMap((rule) => rule(spec))];
  const report = (diagnostic: Diagnostic): void => void found.push(diagnostic);

  const scopes = nameScopes(spec, report);
  const instances = expandStacks(spec, scopes, report);
  const modules = await loadModules(moduleSources(instances), sources, options.parseHcl);
  found.push(...moduleProblems(instances, modules));
  const platform = await connectPlatform({ spec, specPath: options.spec, specFiles: read.files, instances, modules, scopes, sources, report });
  const canCheck = !hasErrors(found.filter((diagnostic) => diagnostic.code !== "unknown-module" && diagnostic.code !== "bad-module"));
  if (canCheck) found.push(...PLATFORM_RULES.flatMap((rule) => rule(platform)));
  return { diagnostics: distinct(found), platform };
}

export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === "error");
}

/** A mistake in a stack is found once for every place where the stack is: it is told once. */
function distinct(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const seen = new Set<string>();
  return diagnostics.filter(({ code, message, range }) => {
    const identity = range ? `${code}\n${range.file.path}:${range.start}:${range.end}` : `${code}\n${message}`;
    return !seen.has(identity) && seen.add(identity);
  });
}
