import { lstatSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { guardModules } from "../../../src/rehearsal/guard-modules.ts";

const RUNS = 'resource "terraform_data" "a" {\n  provisioner "local-exec" { command = "x" }\n}\n';
const TAME = 'resource "terraform_data" "a" {\n  \n}\n';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "platc-guard-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** Lays out what init would have fetched: files by path from the folder of modules. */
function installed(files: Readonly<Record<string, string>>, modules: Readonly<Record<string, string>>) {
  const path = join(root, "stack");
  const dataFolder = join(path, ".terraform");
  mkdirSync(join(dataFolder, "modules/net/inner"), { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dataFolder, "modules", name), text);
  const entries = Object.entries(modules).map(([Key, Dir]) => ({ Key, Dir, Source: "acme/net/aws" }));
  const Modules = [{ Key: "", Source: "", Dir: "." }, ...entries];
  writeFileSync(join(dataFolder, "modules/modules.json"), JSON.stringify({ Modules }));
  const read = (name: string): string => readFileSync(join(dataFolder, "modules", name), "utf8");
  return { folder: { path, dataFolder, planFile: join(path, "plan.tfplan") }, read };
}

test("what was fetched loses its provisioners, OpenTofu's files as well, and each run tells of them", async () => {
  const { folder, read } = installed(
    {
      "net/main.tf": "# none\n",
      "net/inner/a.tofu": RUNS,
      "net/inner/b.tf": RUNS,
      "net/inner/notes.txt": RUNS,
    },
    { net: ".terraform/modules/net", "net.inner": ".terraform/modules/net/inner" },
  );
  const taken = ["net.inner local-exec", "net.inner local-exec"];
  expect(await guardModules(folder)).toEqual({ status: "ok", taken });
  expect(["a.tofu", "b.tf", "notes.txt"].map((name) => read(`net/inner/${name}`))).toEqual([
    TAME,
    TAME,
    RUNS,
  ]);
  expect(await guardModules(folder)).toEqual({ status: "ok", taken });
});

test("a file that is a link is replaced, and what it points to stays", async () => {
  const { folder, read } = installed({}, { net: ".terraform/modules/net" });
  writeFileSync(join(root, "own.tf"), RUNS);
  symlinkSync(join(root, "own.tf"), join(folder.dataFolder, "modules/net/main.tf"));
  expect(await guardModules(folder)).toMatchObject({ status: "ok", taken: ["net local-exec"] });
  expect(read("net/main.tf")).toBe(TAME);
  expect(lstatSync(join(folder.dataFolder, "modules/net/main.tf")).isSymbolicLink()).toBe(false);
  expect(readFileSync(join(root, "own.tf"), "utf8")).toBe(RUNS);
});

test("what lies elsewhere is not changed, and what cannot be read is not trusted", async () => {
  mkdirSync(join(root, "own"));
  writeFileSync(join(root, "own/main.tf"), RUNS);
  const elsewhere = installed({}, { own: join(root, "own") });
  expect(await guardModules(elsewhere.folder)).toMatchObject({
    status: "refused",
    message: expect.stringContaining("the module 'own' from 'acme/net/aws' has a provisioner in"),
  });
  expect(readFileSync(join(root, "own/main.tf"), "utf8")).toBe(RUNS);

  for (const [name, text] of [
    ["bad.tf", 'resource "a" "b" { provisioner = '],
    ["bad.tf.json", '{ "resource": '],
  ] as const) {
    const { folder } = installed({ [`net/${name}`]: text }, { net: ".terraform/modules/net" });
    expect(await guardModules(folder)).toMatchObject({
      status: "refused",
      message: expect.stringContaining("may run programs, and cannot be rehearsed"),
    });
    rmSync(join(folder.dataFolder, "modules/net", name));
  }
});

test("no modules are nothing to look at, and a file that stays as it is, is looked into once", async () => {
  const { folder } = installed({ "net/main.tf": "# none\n" }, { net: ".terraform/modules/net" });
  const harmless = new Set<string>();
  expect(await guardModules(folder, { harmless })).toEqual({ status: "ok", taken: [] });
  expect(harmless.size).toBe(1);
  writeFileSync(join(folder.dataFolder, "modules/net/main.tf"), RUNS);
  expect(await guardModules(folder, { harmless })).toEqual({ status: "ok", taken: ["net local-exec"] });
  rmSync(folder.path, { recursive: true });
  expect(await guardModules(folder)).toEqual({ status: "ok", taken: [] });
});
