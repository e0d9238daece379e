import { execFileSync } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { PROJECT_TEMPLATES } from "../../src/generate/project/project-templates.ts";
import { startLanguageServer } from "../e2e/language-server.ts";
import { commandFaults, commandLines } from "../unit/command-lines.ts";
import type { ScratchFolder } from "./scratch-folder.ts";
import { initTemplate, rehearseByReadme, skipped } from "./template-project.ts";

const ROOT = join(import.meta.dirname, "../..");
const SPEC = "specs/shop-two/platform.yaml";
const NAMES = PROJECT_TEMPLATES.map(({ name }) => name);

test("every platform in specs/ is a template", () => {
  expect([...NAMES].sort()).toEqual(readdirSync(join(ROOT, "specs")).sort());
});

test("the package holds the templates whole, and nothing that a tool has left in them", () => {
  const told = execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
    cwd: ROOT,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  const [packed] = JSON.parse(told) as [{ files: { path: string }[] }];
  const inPackage = packed.files.map(({ path }) => path).filter((path) => path.startsWith("specs/"));
  const tracked = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "specs"], {
    cwd: ROOT,
    encoding: "utf8",
  });
  const wanted = tracked
    .trim()
    .split("\n")
    .filter((path) => !path.endsWith("/.terraform.lock.hcl"));
  expect(inPackage.sort()).toEqual(wanted.sort());
});

describe.each(NAMES)("%s", (template) => {
  let folder: ScratchFolder;

  beforeAll(async () => {
    folder = await initTemplate(template);
  });
  afterAll(() => folder.remove());

  test("compiles without a warning, and all that is generated is current", async () => {
    const checked = await folder.platc("check");
    expect(checked).toMatchObject({ code: 0, err: "" });
    expect(checked.out).toMatch(/^specs\/shop-two\/platform\.yaml, \d+ stacks: no mistakes\n$/);
    expect(await folder.platc("compile", "--check")).toMatchObject({ code: 0 });
    expect(await folder.platc("fmt", "--check")).toMatchObject({ code: 0 });
    expect(await folder.platc("ci", "github", "--check")).toMatchObject({ code: 0 });
    expect(await folder.platc("schema", "--write")).toMatchObject({
      out: "specs/shop-two/platform.schema.json is current\nspecs/shop-two/rehearsal.schema.json is current\n",
    });
  });

  test("has no name of platc's own platform where names must be one's own", () => {
    const spec = parse(folder.read(SPEC), { logLevel: "silent" }) as {
      readonly platform: string;
      readonly vars: { readonly prefix: string; readonly repository?: { readonly name: string } };
    };
    expect(spec.platform).toBe("shop-two");
    expect(spec.vars.prefix).toBe(template === "analytics" ? "shoptwo" : "shop-two");
    expect(spec.vars.repository?.name ?? "shop-two").toBe("shop-two");
    const buckets = folder
      .files()
      .filter((path) => path.startsWith("out/") && path.endsWith("/main.tf.json"))
      .flatMap((path) => [...folder.read(path).matchAll(/"(?:bucket|storage_account_name)": "([^"$]*)"/g)])
      .map(([, name = ""]) => name);
    expect(buckets.length).toBeGreaterThan(0);
    expect(buckets.filter((name) => !name.startsWith(spec.vars.prefix))).toEqual([]);
  });

  test("has the code of the template, programs as programs, and no lock of another machine", () => {
    const files = folder.files().filter((path) => path.startsWith("specs/"));
    expect(files.filter((path) => /\.terraform\.lock\.hcl$|README\.md$|\.pyc$/.test(path))).toEqual([]);
    for (const path of files.filter((one) => !/platform\.yaml$|\.schema\.json$/.test(one))) {
      const origin = join(ROOT, path.replace("specs/shop-two", `specs/${template}`));
      const isProgram = (file: string): boolean => (statSync(file).mode & 0o100) !== 0;
      expect({ path, isProgram: isProgram(join(folder.root, path)) }).toEqual({
        path,
        isProgram: isProgram(origin),
      });
    }
  });

  test("an editor finds the schema, and has nothing to flag", async () => {
    const settings = JSON.parse(folder.read(".vscode/settings.json")) as Record<
      string,
      Record<string, string>
    >;
    const [[schema, spec] = ["", ""], given, ...others] = Object.entries(settings["yaml.schemas"] ?? {});
    expect(others).toEqual([]);
    expect(spec).toBe(SPEC);
    expect(given).toEqual([schema.replace("platform", "rehearsal"), SPEC.replace("platform", "rehearsal")]);
    expect(folder.has(given![0])).toBe(true);
    const text = folder.read(SPEC);
    const [, named = ""] = /^# yaml-language-server: \$schema=(.*)$/m.exec(text) ?? [];
    expect(join(SPEC, "..", named)).toBe(join(schema));
    expect(folder.has(schema)).toBe(true);
    expect(settings["yaml.customTags"]).toEqual(["!raw scalar", "!unset scalar", "!replace mapping"]);
    const server = await startLanguageServer(folder.read(schema));
    try {
      expect(await server.diagnose(text)).toEqual([]);
      expect(await server.diagnose(text.replace("\nstacks:\n", "\nstacsk:\n"))).not.toEqual([]);
    } finally {
      await server.stop();
    }
  });

  test("its README says how to rehearse it, and names only commands and files that there are", () => {
    const readme = folder.read("README.md");
    expect(commandFaults(readme)).toEqual([]);
    expect(commandLines(readme)).toEqual(
      expect.arrayContaining([
        "platc check",
        "platc compile",
        "platc rehearsal reset",
        "platc ci github --write",
      ]),
    );
    expect(readme).not.toMatch(/undefined|\bspecs\/(?!shop-two)/);
    const named = [...readme.matchAll(/`((?:specs|out|\.github)\/[^`\s]+)`/g)]
      .map(([, path = ""]) => path)
      .filter((path) => !path.includes("PLATFORM"));
    expect(named.length).toBeGreaterThan(3);
    expect(named.filter((path) => !folder.has(path))).toEqual([]);
  });
});

test.skipIf(skipped !== "")(`the empty template is rehearsed as its README says${skipped}`, async () => {
  const folder = await initTemplate("empty");
  const applied = await rehearseByReadme(folder);
  expect(applied.code, applied.stdout + applied.stderr).toBe(0);
  expect(applied.statuses).toEqual({
    "dev/importer": "applied",
    "dev/main-backend": "applied",
    "dev/storage/raw": "applied",
  });
  expect(await rehearseByReadme(folder)).toMatchObject({ code: 0, processes: 0 });
  folder.remove();
});
