import { createHash } from "node:crypto";
import { analyse } from "../../../src/compile.ts";
import { parseHcl } from "../../../src/disk/hcl-parser.ts";
import type { Sources } from "../../../src/source/sources.ts";
import type { Platform } from "../../../src/stacks/platform-model.ts";

/** A project in memory, by paths from its root. */
export function sourcesOf(files: Readonly<Record<string, string>>): Sources {
  const textOf = (path: string): string | undefined => files[path];
  const bytesOf = (path: string): Uint8Array | undefined =>
    files[path] === undefined ? undefined : new TextEncoder().encode(files[path]);
  return {
    readText: async (path) => textOf(path),
    readBytes: async (path) => bytesOf(path),
    listFiles: async (folder) =>
      Object.keys(files)
        .filter((path) => folder === "" || path.startsWith(`${folder}/`))
        .sort(),
    hash: async (path) => {
      const bytes = bytesOf(path);
      return bytes && createHash("sha256").update(bytes).digest("hex");
    },
    kindOf: async (path) => (files[path] === undefined ? undefined : { kind: "plain" }),
  };
}

/** A module in Terraform's JSON syntax, which is read without the HCL library: one output `id`, any input `name`. */
export const TINY_MODULE = JSON.stringify({
  variable: { name: { type: "string", default: "x", description: "What it is called." } },
  output: { id: { value: "x", description: "What others refer to it by." } },
});

/** The platform that a spec means, with the module `test/tiny` beside it; it must have no mistakes. */
export async function platformOf(
  yaml: string,
  files: Readonly<Record<string, string>> = {},
): Promise<Platform> {
  const sources = sourcesOf({
    "specs/p/platform.yaml": yaml,
    "modules/test/tiny/main.tf.json": TINY_MODULE,
    ...files,
  });
  const { platform, diagnostics } = await analyse(sources, { spec: "specs/p/platform.yaml", parseHcl });
  const errors = diagnostics.filter((one) => one.severity === "error");
  if (!platform || errors.length > 0)
    throw new Error(
      `the spec has mistakes: ${errors.map((one) => `${one.message} (${one.hint})`).join("; ")}`,
    );
  return platform;
}
