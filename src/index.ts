/**
 * The programmatic door: `compile(sources, { spec, parseHcl })` gives files and diagnostics and writes nothing.
 * `diskSources(root)` reads a project from disk, `memorySources(files)` takes one from memory; `parseHcl` is the HCL
 * reader that the command line uses. With `shippedModules: shippedModules()` the modules that platc ships are found too.
 */
export { analyse, type Analysis, compile, type Compilation, type CompileOptions } from "./compile.ts";
export type { Diagnostic } from "./diagnostics/diagnostic.ts";
export { renderDiagnostics } from "./diagnostics/render.ts";
export { diskSources } from "./disk/disk-sources.ts";
export { parseHcl } from "./disk/hcl-parser.ts";
export { shippedModules } from "./disk/shipped-modules.ts";
export type { OutputFile } from "./emit/emit-platform.ts";
export type { ManifestEntry } from "./emit/manifest.ts";
export { memorySources } from "./source/memory-sources.ts";
export type { FileKind, Sources } from "./source/sources.ts";
export type { Platform } from "./stacks/platform-model.ts";
export type { Stack } from "./stacks/stack.ts";
