import { expect, test } from "vitest";
import { renderDiagnostics } from "../../../src/diagnostics/render.ts";
import { memorySources } from "../../../src/source/memory-sources.ts";
import { plain } from "../../../src/spec/plain.ts";
import { readSpec } from "../../../src/spec/read-spec.ts";

const HEAD = "version: 1\nplatform: p\ninclude: more.yaml\n";

async function read(first: string, second: string) {
  const sources = memorySources({ "platform.yaml": HEAD + first, "more.yaml": second });
  const { diagnostics, ...spec } = await readSpec("platform.yaml", sources);
  // Only what is about files counts here: the texts leave out much that a spec needs.
  return { ...spec, diagnostics: diagnostics.filter((one) => one.code !== "missing-key") };
}

test.each([
  ["environments", "dev: {}", "prod: { after: dev }"],
  ["customers", "acme: {}", "globex: {}"],
  ["apps", "hive: {}", "superset: {}"],
  ["variables", "one: {}", "two: { sensitive: true }"],
  ["vars", "one: 1", "two: { a: b }"],
  ["stacks", "raw: { module: a/b }", "cooked: { module: a/b }"],
])("two files may each say %s; a name in both is a clash", async (key, one, two) => {
  const both = await read(`${key}: { ${one} }`, `${key}: { ${two} }`);
  expect(renderDiagnostics(both.diagnostics)).toBe("");
  expect(both.files).toEqual(["platform.yaml", "more.yaml"]);
  const joined = (plain(both.root) as Record<string, Record<string, unknown>>)[key]!;
  expect(Object.keys(joined)).toEqual([one, two].map((text) => text.split(":")[0]));

  const name = one.split(":")[0]!;
  const clash = await read(`${key}: { ${one} }`, `${key}: { ${one}, ${two} }`);
  expect(clash.diagnostics).toMatchObject([
    {
      code: "duplicate-key",
      message: `'${name}' is written in two files`,
      range: { file: { path: "more.yaml" }, start: key.length + 4 },
      related: [{ range: { file: { path: "platform.yaml" }, start: HEAD.length + key.length + 4 } }],
    },
  ]);
});

test("two files may each declare providers; the same one in both is a clash", async () => {
  const first = 'terraform: { required_version: ">= 1.10", providers: { aws: { source: hashicorp/aws } } }';
  const both = await read(first, "terraform: { providers: { google: { source: hashicorp/google } } }");
  expect(renderDiagnostics(both.diagnostics)).toBe("");
  expect(plain(both.root)).toMatchObject({
    terraform: {
      required_version: ">= 1.10",
      providers: { aws: { source: "hashicorp/aws" }, google: { source: "hashicorp/google" } },
    },
  });

  const clash = await read(first, 'terraform: { providers: { aws: { version: "~> 5.0" } } }');
  expect(renderDiagnostics(clash.diagnostics)).toBe(`error[duplicate-key]: 'aws' is written in two files
  --> more.yaml:1:27
  |
1 | terraform: { providers: { aws: { version: "~> 5.0" } } }
  |                           ^^^
note: 'aws' is first written here
  --> platform.yaml:4:56
  |
4 | terraform: { required_version: ">= 1.10", providers: { aws: { source: hashicorp/aws } } }
  |                                                        ---
hint: keep one of the two
`);
});

test("an included file that is no map is told, and not left out", async () => {
  const { diagnostics } = await read("", "- raw\n");
  expect(diagnostics).toMatchObject([
    { code: "wrong-type", message: "a spec is a map of keys", range: { file: { path: "more.yaml" } } },
  ]);
});
