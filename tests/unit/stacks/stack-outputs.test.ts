import { expect, test } from "vitest";
import { compileText } from "../compile-text.ts";

const SPEC = `
environments: { dev: {} }
terraform: { providers: { null: { source: hashicorp/null, version: "~> 3.2" } } }
stacks:
  maker:
    resources: { null_resource: { this: {} } }
    extra:
      output:
        id: { value: "\${null_resource.this.id}", description: Its id. }
        key: { value: "\${null_resource.this.id}", sensitive: true }
  reader: { module: plain/any, inputs: { value: "{{outputs.maker.id}}" } }
`;

test("an output that 'extra' declares is one that other stacks read", async () => {
  const { diagnostics, files } = await compileText(SPEC);
  expect(diagnostics).toEqual([]);
  const rootOf = (name: string): Readonly<Record<string, unknown>> => {
    const content = files.find(({ path }) => path === `out/p/dev/${name}/main.tf.json`)?.content;
    return JSON.parse(String(content)) as Readonly<Record<string, unknown>>;
  };
  expect(rootOf("maker")["output"]).toEqual({
    id: { value: "${null_resource.this.id}", description: "Its id." },
    key: { value: "${null_resource.this.id}", sensitive: true },
  });
  expect(rootOf("reader")["module"]).toMatchObject({ reader: { value: "${local.dev__maker.id}" } });
});

test("an output that neither a module nor 'extra' declares is none", async () => {
  const { diagnostics } = await compileText(SPEC.replace("outputs.maker.id", "outputs.maker.ip"));
  expect(diagnostics).toMatchObject([
    {
      code: "unknown-output",
      message: "stack 'maker' has no output 'ip'",
      hint: "its outputs are 'id', 'key'",
    },
  ]);
});
