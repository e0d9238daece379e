import type { Diagnostic } from "./diagnostics/diagnostic.ts";
import { tidyDiagnostics } from "./diagnostics/tidy-diagnostics.ts";
import { emitPlatform, type OutputFile } from "./emit/emit-platform.ts";
import type { ManifestEntry } from "./emit/manifest.ts";
import { loadModules } from "./modules/load-modules.ts";
import type { ParseHcl } from "./modules/parsed-hcl.ts";
import { shippedFolder } from "./modules/shipped-folder.ts";
import { moduleProblems } from "./rules/module-problems.ts";
import { ADVICE, PLATFORM_RULES, SPEC_RULES } from "./rules/register.ts";
import { mountSources } from "./source/mount-sources.ts";
import type { Sources } from "./source/sources.ts";
import { completePlatform } from "./spec/complete-platform.ts";
import type { PlatformSpec } from "./spec/platform.ts";
import type { ParseYaml } from "./spec/parsed-yaml.ts";
import { readSpec } from "./spec/read-spec.ts";
import { tagImages } from "./spec/tag-images.ts";
import { connectPlatform } from "./stacks/connect-platform.ts";
import { expandStacks } from "./stacks/expand-stacks.ts";
import { moduleNames, moduleSources } from "./stacks/module-sources.ts";
import { nameScopes } from "./stacks/name-scopes.ts";
import type { Platform } from "./stacks/platform-model.ts";
import { flavourOf } from "./text/flavour.ts";
import { unsureStacks } from "./stacks/unsure-stacks.ts";

export interface CompileOptions {
  /** Path of the spec from the project root. */
  readonly spec: string;
  readonly parseHcl: ParseHcl;
  /** Modules beside those of the project, in `modules/<cloud>/<name>`; compile copies what is used to `out/`. */
  readonly shippedModules?: Sources | undefined;
  /** The YAML library's, if left out. */
  readonly parseYaml?: ParseYaml;
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
  const { platform } = analysis;
  const { files, manifest } = await emitPlatform(platform, withShipped(sources, platform.spec, options));
  return { ...analysis, files, manifest };
}

/** From a spec to stacks that know each other, and every mistake on the way. */
export async function analyse(sources: Sources, options: CompileOptions): Promise<Analysis> {
  const read = await readSpec(options.spec, sources, options.parseYaml);
  if (hasErrors(read.diagnostics))
    return { diagnostics: tidyDiagnostics(read.diagnostics, read.files), platform: undefined };
  const spec = await tagImages(completePlatform(read.root), options.spec, sources);
  const found: Diagnostic[] = [...read.diagnostics, ...SPEC_RULES.flatMap((rule) => rule(spec))];
  const report = (diagnostic: Diagnostic): void => void found.push(diagnostic);

  const scopes = nameScopes(spec, report);
  const expanded = expandStacks(spec, scopes, report);
  const flavour = flavourOf(spec.command);
  const modules = await loadModules(
    moduleSources(expanded.instances),
    withShipped(sources, spec, options),
    options.parseHcl,
    { flavour, shipped: options.shippedModules && shippedFolder(spec.name) },
  );
  const known = {
    flavour,
    project: moduleNames(await sources.listFiles("modules"), flavour),
    shipped: moduleNames((await options.shippedModules?.listFiles("modules")) ?? [], flavour),
  };
  found.push(...moduleProblems(expanded.instances, modules, known));
  const { spec: specPath } = options;
  const unsure = unsureStacks(spec);
  const platform = await connectPlatform({
    spec,
    specPath,
    specFiles: read.files,
    expanded,
    unsure,
    modules,
    scopes,
    sources,
    report,
  });
  found.push(...PLATFORM_RULES.flatMap((rule) => rule(platform)));
  if (!hasErrors(found)) found.push(...ADVICE.flatMap((rule) => rule(platform)));
  return { diagnostics: tidyDiagnostics(found, read.files), platform };
}

/** The project as compile reads it: with the modules that platc ships where compile copies them to. */
function withShipped(sources: Sources, { name }: PlatformSpec, { shippedModules }: CompileOptions): Sources {
  if (!shippedModules) return sources;
  return mountSources(sources, { at: shippedFolder(name), sources: shippedModules, from: "modules" });
}

export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === "error");
}
