import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { compile } from "../../src/compile.ts";
import { diskSources } from "../../src/disk/disk-sources.ts";
import { GitError, gitSources } from "../../src/disk/git-sources.ts";
import { parseHcl } from "../../src/disk/hcl-parser.ts";
import { affectedStacks, type ComparedProject } from "../../src/generate/affected-stacks.ts";
import type { Sources } from "../../src/source/sources.ts";
import { TINY_MODULE } from "../unit/stacks/platforms.ts";

const SPEC = `version: 1
platform: p
state: { backend: local }
vars: { size: 1 }
environments: { dev: {} }
customers: { acme: { apps: [hive] }, globex: { apps: [hive] } }
apps: { hive: {} }
stacks:
  raw: { module: test/tiny, inputs: { name: "raw-{{vars.size}}" } }
  function: { module: test/file, inputs: { file: "{{path 'functions/main.py'}}" } }
  hive:
    app: hive
    per: customer
    module: test/tiny
    inputs: { name: "{{outputs.raw.id}}" }
    checks: { up: { tcp: { host: localhost, port: 80 } } }
`;
const folder = mkdtempSync(join(tmpdir(), "platc-affected-"));
const project = join(folder, "data");

function write(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(project, path)), { recursive: true });
  writeFileSync(join(project, path), content);
}

function git(...args: readonly string[]): string {
  return execFileSync("git", ["-c", "user.name=x", "-c", "user.email=x@example.com", ...args], {
    cwd: folder,
    encoding: "utf8",
  });
}

const bytes = Uint8Array.from({ length: 300_000 }, (_, at) => (at * 7919) % 256);

beforeAll(() => {
  write("specs/p/platform.yaml", SPEC);
  write("specs/p/functions/main.py", "print(1)\n");
  write("specs/p/functions/bytes", bytes);
  write("specs/p/functions/Ünïcode name", "x");
  write("modules/test/tiny/main.tf.json", TINY_MODULE);
  write("modules/test/file/main.tf.json", JSON.stringify({ variable: { file: { type: "string" } } }));
  symlinkSync("main.py", join(project, "specs/p/functions/link.py"));
  git("init", "-q");
  git("add", "-A");
  git("commit", "-qm", "base");
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function compiled(sources: Sources): Promise<ComparedProject> {
  const { platform, manifest, diagnostics } = await compile(sources, {
    spec: "specs/p/platform.yaml",
    parseHcl,
  });
  if (!platform || manifest.length === 0) throw new Error(diagnostics.map((one) => one.message).join("; "));
  return { platform, manifest };
}

async function affected(): Promise<readonly string[]> {
  const sources = await gitSources(project, "HEAD");
  const base = await compiled(sources);
  sources.close();
  const found = affectedStacks(base, await compiled(diskSources(project)));
  return found.map(({ address, kind, parts, because }) => [address, kind, ...parts, ...because].join(" "));
}

test("a revision reads as the disk does: binary files, links, names of any letters, a folder of the repository", async () => {
  const sources = await gitSources(project, "HEAD");
  const disk = diskSources(project);
  const files = await disk.listFiles("");
  expect(await sources.listFiles("")).toEqual(files);
  expect(await sources.listFiles("specs/p")).toEqual(await disk.listFiles("specs/p"));
  for (const file of files) expect(await sources.hash(file)).toBe(await disk.hash(file));
  expect(await sources.readText("specs/p/functions/link.py")).toBe("print(1)\n");
  expect(await sources.readBytes("specs/p/nothing")).toBeUndefined();
  sources.close();
});

test("nothing differs without a change, and formatting is none", async () => {
  expect(await affected()).toEqual([]);
  write("specs/p/platform.yaml", `# a comment\n${SPEC.replace("vars: { size: 1 }", "vars:\n  size: 1")}`);
  expect(await affected()).toEqual([]);
});

test("a changed value affects its stack and those that depend on it", async () => {
  write("specs/p/platform.yaml", SPEC.replace("size: 1", "size: 2"));
  expect(await affected()).toEqual([
    "dev/acme/hive dependent dev/raw",
    "dev/globex/hive dependent dev/raw",
    "dev/raw changed definition",
  ]);
});

test("files, checks and order count; what is new or gone is told", async () => {
  write(
    "specs/p/platform.yaml",
    SPEC.replace("port: 80", "port: 81").replace(", globex: { apps: [hive] }", ", initech: { apps: [hive] }"),
  );
  write("specs/p/functions/main.py", "print(2)\n");
  expect(await affected()).toEqual([
    "dev/acme/hive changed checks",
    "dev/function changed files",
    "dev/globex/hive removed",
    "dev/initech/hive added",
  ]);
});

test("a change of a module affects the stacks that call it", async () => {
  write("specs/p/platform.yaml", SPEC);
  write("specs/p/functions/main.py", "print(1)\n");
  const module = readFileSync(join(project, "modules/test/file/main.tf.json"), "utf8");
  write("modules/test/file/main.tf.json", `${module} `);
  expect(await affected()).toEqual(["dev/function changed modules"]);
});

test("a revision that is none is said", async () => {
  await expect(gitSources(project, "no-such-branch")).rejects.toThrow(
    new GitError("there is no revision 'no-such-branch'"),
  );
  await expect(gitSources(project, "--output=x")).rejects.toThrow(GitError);
});
