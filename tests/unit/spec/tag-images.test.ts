import { expect, test } from "vitest";
import { compileText } from "../compile-text.ts";

const SPEC = `
environments: { dev: {} }
apps: { hive: { image: { context: images/hive } } }
stacks:
  hive: { app: hive, module: plain/any, inputs: { value: "hive:{{app.tag}}" } }
`;

async function imageOf(files: Readonly<Record<string, string>>): Promise<string> {
  const { files: written, diagnostics } = await compileText(SPEC, files);
  expect(diagnostics).toEqual([]);
  const main = written.find(({ path }) => path === "out/p/dev/hive/main.tf.json");
  const text = typeof main?.content === "string" ? main.content : new TextDecoder().decode(main?.content);
  return (JSON.parse(text) as { module: { hive: { value: string } } }).module.hive.value;
}

const FILES = { "images/hive/Dockerfile": "FROM a\n", "images/hive/bin/start.sh": "exec java\n" };

test("the tag of an image follows the content of its folder, and nothing else", async () => {
  const image = await imageOf(FILES);
  expect(image).toMatch(/^hive:[0-9a-f]{16}$/);
  expect(await imageOf({ ...FILES, "images/other/Dockerfile": "FROM b\n" })).toBe(image);
  expect(await imageOf({ ...FILES, "images/hive/Dockerfile": "FROM b\n" })).not.toBe(image);
  expect(await imageOf({ ...FILES, "images/hive/empty": "" })).not.toBe(image);
  const moved = { "images/hive/Dockerfile": "FROM a\n", "images/hive/start.sh": "exec java\n" };
  expect(await imageOf(moved)).not.toBe(image);
});

test("a folder without files and an app without an image have no tag", async () => {
  const { diagnostics } = await compileText(SPEC);
  expect(diagnostics).toMatchObject([
    {
      code: "unknown-name",
      message: "there is no file in 'images/hive', the folder of the image of app 'hive'",
    },
  ]);
  const without = await compileText(SPEC.replace("hive: { image: { context: images/hive } }", "hive: {}"));
  expect(without.diagnostics).toMatchObject([
    { code: "unknown-name", message: "app 'hive' has no image, and so no tag" },
  ]);
});
