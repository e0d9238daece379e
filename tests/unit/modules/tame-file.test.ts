import { describe, expect, test } from "vitest";
import { isModuleFile, tameFile } from "../../../src/modules/tame-file.ts";

test("OpenTofu's own files are parts of a module too", () => {
  const names = ["a.tf", "a.tf.json", "a.tofu", "a.tofu.json", "a.tfvars", "a.json", "a.tf.txt"];
  expect(names.filter(isModuleFile)).toEqual(["a.tf", "a.tf.json", "a.tofu", "a.tofu.json"]);
});

test("HCL loses its provisioners, under either name", () => {
  const text = 'resource "a" "b" {\n  provisioner "local-exec" { command = "x" }\n}\n';
  const tamed = { text: 'resource "a" "b" {\n  \n}\n', taken: ["local-exec"] };
  expect(["m.tf", "m.tofu"].map((path) => tameFile(path, text))).toEqual([tamed, tamed]);
});

describe("JSON", () => {
  const tamed = (root: unknown): unknown => {
    const { text, taken } = tameFile("m.tf.json", JSON.stringify(root));
    return { root: JSON.parse(text) as unknown, taken };
  };

  test("loses provisioners of resources and removed ones, lists on every level or not", () => {
    const exec = { "local-exec": { command: "x" } };
    expect(
      tamed([
        { resource: [{ t: [{ a: [{ provisioner: [exec, { file: {} }], count: 1 }] }] }] },
        { resource: { t: { b: { provisioner: exec, input: { provisioner: "kept" } } } } },
        { removed: [{ from: "t.c", provisioner: exec }] },
      ]),
    ).toEqual({
      root: [
        { resource: [{ t: [{ a: [{ count: 1 }] }] }] },
        { resource: { t: { b: { input: { provisioner: "kept" } } } } },
        { removed: [{ from: "t.c" }] },
      ],
      taken: ["local-exec", "file", "local-exec", "local-exec"],
    });
  });

  test("loses OpenTofu's encryption, whose keys a program may make", () => {
    const encryption = { key_provider: { external: { k: { command: ["x"] } } } };
    expect(tamed({ terraform: { encryption, required_version: ">= 1" } })).toEqual({
      root: { terraform: { required_version: ">= 1" } },
      taken: ["encryption"],
    });
  });

  test("a key that is written twice counts twice, as with Terraform; numbers stay as they are", () => {
    const text = `{"resource":{"t":{"a":{"n":12345678901234567890,"provisioner":{"local-exec":{}},"provisioner":{"file":{}}}}}}`;
    const { text: left, taken } = tameFile("m.tf.json", text);
    expect(taken).toEqual(["local-exec", "file"]);
    expect(left.replace(/\s/g, "")).toBe(`{"resource":{"t":{"a":{"n":12345678901234567890}}}}`);
  });

  test("text without any comes back as it was, and so does what is no JSON", () => {
    for (const text of ['{ "resource": {} }', '{ "provisioner": ']) {
      expect(tameFile("m.tf.json", text)).toEqual({ text, taken: [] });
    }
  });
});
