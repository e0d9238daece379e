import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix, relative, sep } from "node:path";
import { expect, test } from "vitest";
import { findCycle } from "../src/graph/find-cycle.ts";

/** The floors of DESIGN, highest first; what stands on one line is one floor. */
const FLOORS: readonly (readonly string[])[] = [
  ["main.ts", "index.ts"],
  ["cli"],
  ["reports"],
  ["run"],
  ["steps"],
  ["checks"],
  ["ledger"],
  ["targets"],
  ["rehearsal"],
  ["terraform"],
  ["stores"],
  ["disk"],
  ["generate"],
  ["compile.ts"],
  ["emit"],
  ["plans", "provider"],
  ["rules"],
  ["quality"],
  ["stacks"],
  ["templates"],
  ["modules"],
  ["spec"],
  ["diagnostics"],
  ["source", "graph"],
  ["text"],
];
const PURE_FROM = FLOORS.findIndex((floor) => floor.includes("generate"));
const IMPURE =
  /(?:from|import\() ?"(?:node:)?(?:fs|fs\/promises|child_process|os|net|http|https|worker_threads)"|\bprocess\.|\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\bfetch\(/;

const SOURCE = join(import.meta.dirname, "..", "src");
const files = readdirSync(SOURCE, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith(".ts") && !entry.name.endsWith(".d.ts"))
  .map((entry) => relative(SOURCE, join(entry.parentPath, entry.name)).split(sep).join("/"))
  .sort();
const textByFile = new Map(files.map((file) => [file, readFileSync(join(SOURCE, file), "utf8")]));
const importsByFile = new Map(files.map((file) => [file, importsOf(file, textByFile.get(file)!)]));

test("a folder imports only folders below it", () => {
  const wrong = [...importsByFile].flatMap(([file, imports]) =>
    imports.filter((imported) => !mayImport(file, imported)).map((imported) => `${file} imports ${imported}`),
  );
  expect(wrong).toEqual([]);
});

test("every file stands on a floor", () => {
  expect(files.filter((file) => floorOf(file) < 0)).toEqual([]);
});

test("no circle between files", () => {
  const upstreamOf = new Map(
    [...importsByFile].map(([file, imports]) => [file, imports.filter((one) => textByFile.has(one))]),
  );
  expect(findCycle({ nodes: files, upstreamOf })).toBeUndefined();
});

test("what compiles is pure", () => {
  const impure = files
    .filter((file) => floorOf(file) >= PURE_FROM)
    .flatMap((file) => linesThat(textByFile.get(file)!).map((line) => `${file}: ${line}`));
  expect(impure).toEqual([]);
});

function linesThat(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => !/^(?:\*|\/\/|\/\*)/.test(line) && IMPURE.test(line));
}

function mayImport(file: string, imported: string): boolean {
  // The schema is generated data at the top level: it stands on no floor.
  if (imported.startsWith("../schema/")) return true;
  const from = file.split("/")[0]!;
  const to = imported.split("/")[0]!;
  return from === to || floorOf(imported) > floorOf(file);
}

function floorOf(file: string): number {
  const first = file.split("/")[0]!;
  return FLOORS.findIndex((floor) => floor.includes(first));
}

function importsOf(file: string, text: string): readonly string[] {
  const found = text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*["'](\.{1,2}\/[^"']+)["']/g);
  return [...found].map((match) => posix.normalize(posix.join(dirname(file), match[1]!)));
}
