import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { compile } from "../../src/compile.ts";
import { renderDiagnostics } from "../../src/diagnostics/render.ts";
import { diskSources } from "../../src/disk/disk-sources.ts";
import { parseHcl } from "../../src/disk/hcl-parser.ts";
import { compareOutput } from "../../src/disk/write-output.ts";

const root = join(import.meta.dirname, "../..");
const specs = readdirSync(join(root, "specs")).filter((name) =>
  existsSync(join(root, "specs", name, "platform.yaml")),
);

test.each(specs)("out/ holds what specs/%s compiles to", async (name) => {
  const { diagnostics, files, platform } = await compile(diskSources(root), {
    spec: `specs/${name}/platform.yaml`,
    parseHcl,
  });
  expect(renderDiagnostics(diagnostics)).toBe("");
  const changes = await compareOutput(root, platform?.spec.name ?? "", files);
  expect(changes.written.map((file) => file.path)).toEqual([]);
  expect(changes.removed).toEqual([]);
});
