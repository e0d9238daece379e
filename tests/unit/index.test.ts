import { expect, test } from "vitest";
import { compile, memorySources, parseHcl, renderDiagnostics } from "../../src/index.ts";

const SPEC = `version: 1
platform: shop
state: { backend: local, key: "{{stack.address}}.tfstate" }
environments: { dev: {} }
stacks:
  raw: { module: a/b, inputs: { name: "raw-{{environment.name}}" } }
`;
const MODULE = 'variable "name" {\n  type = string\n}\n\noutput "name" {\n  value = var.name\n}\n';

test("sources in, files and diagnostics out", async () => {
  const sources = memorySources({ "platform.yaml": SPEC, "modules/a/b/main.tf": MODULE });
  const { files, diagnostics, manifest } = await compile(sources, { spec: "platform.yaml", parseHcl });
  expect(diagnostics).toEqual([]);
  expect(files.map((file) => file.path)).toEqual(["out/shop/dev/raw/main.tf.json", "out/shop/manifest.json"]);
  expect(JSON.parse(String(files[0]?.content))).toMatchObject({
    module: { raw: { name: "raw-dev", source: "../../../../modules/a/b" } },
    output: { name: { value: "${module.raw.name}" } },
  });
  expect(manifest.map((entry) => entry.address)).toEqual(["dev/raw"]);
});

test("mistakes come back as diagnostics, and no file", async () => {
  const sources = memorySources({
    "platform.yaml": SPEC.replace("name:", "nmae:"),
    "modules/a/b/main.tf": MODULE,
  });
  const { files, diagnostics } = await compile(sources, { spec: "platform.yaml", parseHcl });
  expect(files).toEqual([]);
  expect(renderDiagnostics(diagnostics)).toContain("did you mean 'name'?");
});
