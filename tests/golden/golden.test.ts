import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { describe, expect, test } from "vitest";
import { compile } from "../../src/compile.ts";
import { DIAGNOSTIC_CODES } from "../../src/diagnostics/codes.ts";
import { renderDiagnostics } from "../../src/diagnostics/render.ts";
import { diskSources } from "../../src/disk/disk-sources.ts";
import { parseHcl } from "../../src/disk/hcl-parser.ts";

const isUpdate = process.env["UPDATE_GOLDEN"] === "1";
const DIAGNOSTICS = join(import.meta.dirname, "diagnostics");
const COMPILE = join(import.meta.dirname, "compile");
const compileFolder = async (folder: string): ReturnType<typeof compile> =>
  compile(diskSources(folder), { spec: "platform.yaml", parseHcl });

/** A folder is named after its code; several of one code add a word: `clash.state`. */
const codeOf = (name: string): string => name.split(".")[0] ?? name;

describe("diagnostics", () => {
  const names = readdirSync(DIAGNOSTICS).sort();

  test.each(names)("%s", async (name) => {
    const folder = join(DIAGNOSTICS, name);
    const { diagnostics, files } = await compileFolder(folder);
    const rendered = renderDiagnostics(diagnostics);
    const expected = join(folder, "expected.txt");
    if (isUpdate) writeFileSync(expected, rendered);
    expect(rendered).toBe(existsSync(expected) ? readFileSync(expected, "utf8") : "(no expected.txt)");
    expect(rendered).toContain(`[${codeOf(name)}]`);
    if (diagnostics.some((one) => one.severity === "error")) expect(files).toEqual([]);
  });

  test("every code has a golden, and every golden a code", () => {
    expect([...new Set(names.map(codeOf))].sort()).toEqual(Object.keys(DIAGNOSTIC_CODES).sort());
  });
});

describe("compile", () => {
  test.each(readdirSync(COMPILE).sort())("%s", async (name) => {
    const folder = join(COMPILE, name);
    const { diagnostics, files } = await compileFolder(folder);
    expect(renderDiagnostics(diagnostics.filter((one) => one.severity === "error"))).toBe("");
    const actual = new Map(files.map((file) => [file.path, Buffer.from(file.content)]));
    const expected = join(folder, "expected");
    if (isUpdate) replaceTree(expected, actual);
    const wanted = readTree(expected);
    expect([...actual.keys()].sort()).toEqual([...wanted.keys()].sort());
    for (const [path, content] of actual) {
      if (path.endsWith(".zip")) expect(content.equals(wanted.get(path)!), path).toBe(true);
      else expect(content.toString("utf8"), path).toBe(wanted.get(path)!.toString("utf8"));
    }
  });
});

function readTree(folder: string): Map<string, Buffer> {
  if (!existsSync(folder)) return new Map();
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return new Map(
    files.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [relative(folder, path).split(sep).join("/"), readFileSync(path)];
    }),
  );
}

function replaceTree(folder: string, files: ReadonlyMap<string, Buffer>): void {
  rmSync(folder, { recursive: true, force: true });
  for (const [path, content] of files) {
    const target = join(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, content);
  }
}
