import { expect, test } from "vitest";
import { memorySources } from "../../../src/source/memory-sources.ts";
import type { FileKind, Sources } from "../../../src/source/sources.ts";
import { tagImages } from "../../../src/spec/tag-images.ts";
import type { PlatformSpec } from "../../../src/spec/platform.ts";
import { compileText } from "../compile-text.ts";

const SPEC = `
environments: { core: { shared: true }, dev: {} }
apps: { hive: { image: { context: images/hive } } }
stacks:
  hive: { app: hive, module: plain/any, inputs: { value: "hive:{{app.tag}}" } }
`;
const FILES = { "images/hive/Dockerfile": "FROM a\n", "images/hive/bin/start.sh": "exec java\n" };

async function inputOf(files: Readonly<Record<string, string>>, spec = SPEC): Promise<string> {
  const { files: written, diagnostics } = await compileText(spec, files);
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  const main = written.find(({ path }) => path === "out/p/dev/hive/main.tf.json");
  const text = typeof main?.content === "string" ? main.content : new TextDecoder().decode(main?.content);
  return (JSON.parse(text) as { module: { hive: { value: string } } }).module.hive.value;
}

test("the tag of an image follows the content of its folder, and nothing else", async () => {
  const image = await inputOf(FILES);
  expect(image).toMatch(/^hive:[0-9a-f]{16}$/);
  expect(await inputOf({ ...FILES, "images/other/Dockerfile": "FROM b\n" })).toBe(image);
  const changed = [
    { ...FILES, "images/hive/Dockerfile": "FROM b\n" },
    { ...FILES, "images/hive/empty": "" },
    { ...FILES, "images/hive/bin/start.sh": "exec java\r\n" },
    { "images/hive/Dockerfile": "FROM a\n", "images/hive/start.sh": "exec java\n" },
  ];
  const tags = await Promise.all(changed.map((files) => inputOf(files)));
  expect(new Set([image, ...tags]).size).toBe(5);
});

test("what .dockerignore leaves out does not count; the Dockerfile does whatever it says", async () => {
  const withIgnore = { ...FILES, "images/hive/.dockerignore": "*\n!bin\nbin/*.log\n" };
  const image = await inputOf(withIgnore);
  expect(await inputOf({ ...withIgnore, "images/hive/README.md": "x", "images/hive/bin/a.log": "x" })).toBe(
    image,
  );
  expect(await inputOf({ ...withIgnore, "images/hive/bin/other.sh": "x" })).not.toBe(image);
  expect(await inputOf({ ...withIgnore, "images/hive/Dockerfile": "FROM b\n" })).not.toBe(image);
  const own = { ...withIgnore, "images/hive/Dockerfile.dockerignore": "*.md" };
  expect(await inputOf({ ...own, "images/hive/bin/a.log": "x" })).not.toBe(await inputOf(own));
});

test("whether a file may be run and where a link points are part of the tag", async () => {
  const kinds: readonly FileKind[] = [
    { kind: "plain" },
    { kind: "program" },
    { kind: "link", target: "a" },
    { kind: "link", target: "b" },
  ];
  const tags = await Promise.all(kinds.map((kind) => tagWith(kind)));
  expect(new Set(tags).size).toBe(4);
  expect(tags).not.toContain(undefined);
});

async function tagWith(kind: FileKind): Promise<string | undefined> {
  const memory = memorySources(FILES);
  const sources: Sources = {
    ...memory,
    kindOf: async (path) => (/start/.test(path) ? kind : { kind: "plain" }),
  };
  const image = { context: "images/hive", tag: undefined, fault: undefined };
  const spec = { apps: new Map([["hive", { name: "hive", image }]]) } as unknown as PlatformSpec;
  return (await tagImages(spec, "platform.yaml", sources)).apps.get("hive")?.image?.tag;
}

test("app.image is the registry, the app and the tag", async () => {
  const whole = SPEC.replace("hive:{{app.tag}}", "{{app.image}}");
  const tag = (await inputOf(FILES)).slice("hive:".length);
  expect(await inputOf(FILES, whole)).toBe(`hive:${tag}`);
  const fixed = whole.replace("images/hive }", 'images/hive, registry: "example.com/{{platform.name}}/" }');
  expect(await inputOf(FILES, fixed)).toBe(`example.com/p/hive:${tag}`);
  const made = `${whole.replace("images/hive }", 'images/hive, registry: "{{outputs.registry.value}}" }')}
  registry: { environments: [core], module: plain/any }
`;
  expect(await inputOf(FILES, made)).toMatch(new RegExp(`^\\$\\{[\\w.]*registry[\\w.]*\\}/hive:${tag}$`));
});
