import { describe, expect, test } from "vitest";
import { addLines } from "../../../../src/generate/project/add-lines.ts";
import { addToJson } from "../../../../src/generate/project/add-to-json.ts";
import { projectPackage, specOfPackage } from "../../../../src/generate/project/project-package.ts";
import { sharedFiles } from "../../../../src/generate/project/shared-files.ts";
import { memorySources } from "../../../../src/source/memory-sources.ts";

describe("lines of a text file", () => {
  test("stand alone where there is none", () => {
    expect(addLines(undefined, "# new", ["a", "b"])).toBe("# new\na\nb\n");
  });

  test("that are missing come after an empty line, and the others stay", () => {
    expect(addLines("b\r\nmine", "# new", ["a", "b"])).toBe("b\r\nmine\n\n# new\na\n");
  });

  test("that are all there change nothing", () => {
    expect(addLines("b\na", "# new", ["a", "b"])).toBe("b\na");
  });
});

describe("a JSON file", () => {
  test("takes what it lacks, in its own indentation", () => {
    expect(
      addToJson('{\n    "a": { "x": 1 },\n    "l": ["p"]\n}', { a: { x: 2, y: 3 }, l: ["p", "q"], n: true }),
    ).toBe(`${JSON.stringify({ a: { x: 1, y: 3 }, l: ["p", "q"], n: true }, null, 4)}\n`);
  });

  test("that holds it all stays as it is written", () => {
    expect(addToJson('{ "a": {"b":1} }', { a: { b: 2 } })).toBe('{ "a": {"b":1} }');
  });

  test("with comments, or that is no object, is not touched", () => {
    expect(addToJson('{ // mine\n "a": 1 }', { b: 2 })).toBeUndefined();
    expect(addToJson("[]", { b: 2 })).toBeUndefined();
  });
});

describe("package.json", () => {
  const wanted = { spec: "specs/shop/platform.yaml", dependency: "^0.1.0" };

  test("is private where it is new", () => {
    expect(JSON.parse(projectPackage(undefined, wanted) ?? "")).toEqual({
      private: true,
      platc: { spec: "specs/shop/platform.yaml" },
      devDependencies: { platc: "^0.1.0" },
    });
  });

  test("has the tarball beside it that it names, and neither where it has a platc already", async () => {
    const tarball = { path: "platc-0.1.0.tgz", content: "bytes" };
    const dependency = { spec: "file:platc-0.1.0.tgz", tarball, note: "a note" };
    const anew = await sharedFiles({ folder: memorySources({}), dependency }, wanted.spec);
    expect(anew.files).toContainEqual(tarball);
    expect(anew.notes).toEqual(["a note"]);
    const there = memorySources({ "package.json": '{"dependencies":{"platc":"^0.1.0"}}' });
    const again = await sharedFiles({ folder: there, dependency }, wanted.spec);
    expect(again.files).not.toContainEqual(tarball);
    expect(again.notes).toEqual([]);
  });

  test("keeps the platc that it has, whatever kind of dependency that is, and all that is in it", () => {
    const existing = JSON.stringify({
      name: "x",
      version: "2.0.0",
      dependencies: { platc: "file:../platc.tgz" },
    });
    expect(JSON.parse(projectPackage(existing, wanted) ?? "")).toEqual({
      name: "x",
      version: "2.0.0",
      dependencies: { platc: "file:../platc.tgz" },
      platc: { spec: "specs/shop/platform.yaml" },
    });
  });

  test("keeps the spec that it names", () => {
    const existing = '{ "platc": { "spec": "other.yaml" }, "devDependencies": { "platc": "1" } }';
    expect(projectPackage(existing, wanted)).toBe(existing);
    expect(specOfPackage(existing)).toBe("other.yaml");
    expect(specOfPackage("no json")).toBeUndefined();
  });
});
