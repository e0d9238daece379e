import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { platcDependency } from "../../../src/cli/platc-dependency.ts";

let root: string;
let tarball: string;

const npm = (cwd: string, ...args: readonly string[]): string =>
  execFileSync("npm", [...args, "--silent", "--offline", "--cache", join(root, "cache")], {
    cwd,
    encoding: "utf8",
    shell: process.platform === "win32",
  });

/** A package of the name stands for platc: npm alone is the subject. */
beforeAll(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "platc-dependency-")));
  const source = folder("source", { name: "platc", version: "0.1.0" });
  npm(source, "pack");
  tarball = join(root, "platc-0.1.0.tgz");
  cpSync(join(source, "platc-0.1.0.tgz"), tarball);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

function folder(name: string, manifest: object = {}): string {
  const path = join(root, name);
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, "package.json"), JSON.stringify(manifest));
  return path;
}

/** A project in which npm has installed platc from somewhere; gives where platc lies then. */
function installedFrom(name: string, spec: string): string {
  const project = folder(name);
  npm(project, "install", spec);
  return join(project, "node_modules/platc");
}

test("a tarball goes with the new project, whether platc was installed from above or beside it", () => {
  const expected = {
    spec: "file:platc-0.1.0.tgz",
    tarball: { path: "platc-0.1.0.tgz", content: readFileSync(tarball) },
  };
  expect(platcDependency(installedFrom("above", "../platc-0.1.0.tgz"), join(root, "new"))).toEqual(expected);
  cpSync(tarball, join(folder("beside"), "platc-0.1.0.tgz"));
  expect(platcDependency(installedFrom("beside", "./platc-0.1.0.tgz"), join(root, "new"))).toEqual(expected);
});

test("a tarball that the project has already is named where it lies", () => {
  const project = folder("own");
  mkdirSync(join(project, "vendor"));
  cpSync(tarball, join(project, "vendor/platc-0.1.0.tgz"));
  expect(platcDependency(installedFrom("own", "./vendor/platc-0.1.0.tgz"), project)).toEqual({
    spec: "file:vendor/platc-0.1.0.tgz",
  });
});

test("a tarball that is gone leaves the version, and is told", () => {
  cpSync(tarball, join(root, "gone.tgz"));
  const installed = installedFrom("from-gone", "../gone.tgz");
  rmSync(join(root, "gone.tgz"));
  expect(platcDependency(installed, join(root, "new"))).toEqual({
    spec: "^0.1.0",
    note: `'${join(root, "gone.tgz")}', from which this platc was installed, is not there any more: package.json takes platc ^0.1.0 from the registry`,
  });
});

test("a commit of git is kept", () => {
  const repository = folder("repository", { name: "platc", version: "0.1.0" });
  const git = (...args: readonly string[]): string =>
    execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@localhost", ...args], {
      cwd: repository,
      encoding: "utf8",
    });
  git("init", "--quiet");
  git("add", ".");
  git("commit", "--quiet", "-m", "first");
  const commit = git("rev-parse", "HEAD").trim();
  const url = `git+file://${repository}`;
  expect(platcDependency(installedFrom("from-git", url), join(root, "new"))).toEqual({
    spec: `${url}#${commit}`,
  });
});

test("a checkout is linked to, and so is what npm has linked to it", () => {
  expect(platcDependency(join(root, "source"), join(root, "new"))).toEqual({ spec: "file:../source" });
  const linked = realpathSync(installedFrom("linking", "../source"));
  expect(platcDependency(linked, join(root, "new"))).toEqual({ spec: "file:../source" });
});

test.each([
  ["the version of a registry", "^0.1.0", "https://registry.example.com/platc/-/platc-0.1.0.tgz", "^0.1.0"],
  [
    "an address that the project names",
    "https://example.com/p.tgz",
    "https://example.com/p.tgz",
    "https://example.com/p.tgz",
  ],
])("%s", (_, named, resolved, spec) => {
  const project = folder("by-hand", { devDependencies: { platc: named } });
  const installed = join(project, "node_modules/platc");
  mkdirSync(installed, { recursive: true });
  writeFileSync(join(installed, "package.json"), JSON.stringify({ name: "platc", version: "0.1.0" }));
  writeFileSync(
    join(project, "package-lock.json"),
    JSON.stringify({
      lockfileVersion: 3,
      packages: { "node_modules/platc": { version: "0.1.0", resolved } },
    }),
  );
  expect(platcDependency(installed, join(root, "new"))).toEqual({ spec });
});

test("where nothing says where it came from, as of a global install, the version counts", () => {
  const installed = join(root, "lib/node_modules/platc");
  mkdirSync(installed, { recursive: true });
  writeFileSync(join(installed, "package.json"), JSON.stringify({ name: "platc", version: "0.1.0" }));
  expect(platcDependency(installed, join(root, "new"))).toEqual({ spec: "^0.1.0" });
});
