import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { stringify } from "yaml";
import { compile, type Compilation } from "../../src/compile.ts";
import { renderDiagnostics } from "../../src/diagnostics/render.ts";
import { diskSources } from "../../src/disk/disk-sources.ts";
import { parseHcl } from "../../src/disk/hcl-parser.ts";
import { memorySources } from "../../src/source/memory-sources.ts";
import { BUCKET_MODULE, permuted, type Plain, specs } from "./arbitrary-specs.ts";

const folder = mkdtempSync(join(tmpdir(), "platc-compile-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const compileText = async (text: string, folder = ""): Promise<Compilation> =>
  compile(memorySources({ [`${folder}platform.yaml`]: text, "modules/aws/bucket/main.tf": BUCKET_MODULE }), {
    spec: `${folder}platform.yaml`,
    parseHcl,
  });

const filesOf = (compilation: Compilation): Record<string, string> => {
  const errors = compilation.diagnostics.filter((one) => one.severity === "error");
  expect(renderDiagnostics(errors)).toBe("");
  return Object.fromEntries(compilation.files.map((file) => [file.path, file.content.toString()]));
};

test("the order of keys changes no byte, and neither does compiling again", async () => {
  await fc.assert(
    fc.asyncProperty(
      specs,
      fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
      async (spec, numbers) => {
        const random = (): number => numbers.next().value as number;
        const first = filesOf(await compileText(stringify(spec)));
        expect(filesOf(await compileText(stringify(spec)))).toEqual(first);
        expect(filesOf(await compileText(stringify(permuted(spec, random))))).toEqual(first);
      },
    ),
    { numRuns: 60 },
  );
});

/** Every file, digests and all, without the name of the spec that a root module says it comes from. */
const unnamed = (files: Readonly<Record<string, string>>, spec: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(files).map(([path, content]) => [path, content.replace(`from ${spec};`, "")]),
  );

test("the folder of the project changes no byte, and that of the spec only the line that names it", async () => {
  const projects = ["one", "elsewhere/deep ü"].map((name) => join(folder, name));
  const compileIn = async (project: string, spec: string, text: string): Promise<Record<string, string>> => {
    rmSync(join(project, "specs"), { recursive: true, force: true });
    for (const [path, content] of Object.entries({
      [spec]: text,
      "modules/aws/bucket/main.tf": BUCKET_MODULE,
    })) {
      mkdirSync(dirname(join(project, path)), { recursive: true });
      writeFileSync(join(project, path), content);
    }
    return filesOf(await compile(diskSources(project), { spec, parseHcl }));
  };
  await fc.assert(
    fc.asyncProperty(
      specs,
      fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
      async (spec, numbers) => {
        const random = (): number => numbers.next().value as number;
        const first = await compileIn(projects[0]!, "specs/p/platform.yaml", stringify(spec));
        const text = stringify(permuted(spec, random));
        expect(await compileIn(projects[1]!, "specs/p/platform.yaml", text)).toEqual(first);
        const moved = await compileIn(projects[1]!, "specs/other/deeper/spec.yaml", text);
        expect(unnamed(moved, "specs/other/deeper/spec.yaml")).toEqual(
          unnamed(first, "specs/p/platform.yaml"),
        );
      },
    ),
    { numRuns: 25 },
  );
});

test("YAML and JSON, comments and styles mean the same", async () => {
  await fc.assert(
    fc.asyncProperty(specs, async (spec) => {
      const first = filesOf(await compileText(stringify(spec)));
      expect(filesOf(await compileText(JSON.stringify(spec)))).toEqual(first);
      expect(
        filesOf(
          await compileText(
            `# comment\n\n${stringify(spec, { indent: 4, defaultStringType: "QUOTE_DOUBLE" })}`,
          ),
        ),
      ).toEqual(first);
    }),
    { numRuns: 30 },
  );
});

test("a new customer changes no other customer's file", async () => {
  await fc.assert(
    fc.asyncProperty(specs, async (spec) => {
      const before = filesOf(await compileText(stringify(spec)));
      const customers = {
        ...(spec["customers"] as Record<string, Plain> | undefined),
        newcomer: { vars: { mine: "new" } },
      };
      const after = filesOf(await compileText(stringify({ ...spec, customers })));
      for (const [path, content] of Object.entries(before))
        if (!path.endsWith("manifest.json")) expect(after[path], path).toBe(content);
      const added = Object.keys(after).filter((path) => !(path in before));
      expect(added.every((path) => path.includes("/newcomer/"))).toBe(true);
    }),
    { numRuns: 60 },
  );
});

test("the manifest has a line for every stack, and lines of stacks that did not change stay", async () => {
  await fc.assert(
    fc.asyncProperty(specs, async (spec) => {
      const before = filesOf(await compileText(stringify(spec)))["out/p/manifest.json"]!.split("\n");
      const customers = { ...(spec["customers"] as Record<string, Plain> | undefined), newcomer: {} };
      const after = filesOf(await compileText(stringify({ ...spec, customers })))[
        "out/p/manifest.json"
      ]!.split("\n");
      const bare = (line: string): string => line.replace(/,$/, "");
      expect(before.map(bare).filter((line) => !after.map(bare).includes(line))).toEqual([]);
    }),
    { numRuns: 30 },
  );
});
