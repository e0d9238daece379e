import { analyse, compile, type Analysis, type Compilation } from "../../src/compile.ts";
import type { Diagnostic } from "../../src/diagnostics/diagnostic.ts";
import { parseHcl } from "../../src/disk/hcl-parser.ts";
import { memorySources } from "../../src/source/memory-sources.ts";
import type { Platform } from "../../src/stacks/platform-model.ts";

/** A module that takes and gives anything. */
export const ANY_MODULE =
  'variable "value" {\n  type    = any\n  default = null\n}\n\noutput "value" {\n  value = var.value\n}\n';
const HEAD = "version: 1\nplatform: p\nstate: { backend: local }\n";

const sourcesOf = (yaml: string, files: Readonly<Record<string, string>>) =>
  memorySources({ "platform.yaml": HEAD + yaml, "modules/plain/any/main.tf": ANY_MODULE, ...files });

export async function analyseText(
  yaml: string,
  files: Readonly<Record<string, string>> = {},
): Promise<Analysis> {
  return analyse(sourcesOf(yaml, files), { spec: "platform.yaml", parseHcl });
}

export async function compileText(
  yaml: string,
  files: Readonly<Record<string, string>> = {},
): Promise<Compilation> {
  return compile(sourcesOf(yaml, files), { spec: "platform.yaml", parseHcl });
}

/** The platform of a spec without mistakes. */
export async function platformOf(
  yaml: string,
  files: Readonly<Record<string, string>> = {},
): Promise<Platform> {
  const { diagnostics, platform } = await analyseText(yaml, files);
  const errors = diagnostics.filter((one) => one.severity === "error").map((one) => one.message);
  if (errors.length > 0 || !platform) throw new Error(errors.join("\n"));
  return platform;
}

/** `code message` of every diagnostic, and the text that each points at. */
export function told(diagnostics: readonly Diagnostic[]): readonly (readonly [string, string])[] {
  return diagnostics.map(({ code, message, range }) => [
    `${code}: ${message}`,
    range ? range.file.text.slice(range.start, range.end) : "",
  ]);
}
