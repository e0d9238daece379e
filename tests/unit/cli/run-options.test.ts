import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Context } from "../../../src/cli/context.ts";
import { runCommandLine } from "../../../src/cli/program.ts";
import { TINY_MODULE } from "../stacks/platforms.ts";

const folder = mkdtempSync(join(tmpdir(), "platc-run-options-"));
const FILES = {
  "platform.yaml": `version: 1
platform: p
state: { backend: local }
environments:
  dev: { target: emulator }
  staging: { after: dev }
  prod: { after: staging }
stacks:
  raw: { module: test/tiny }
`,
  "modules/test/tiny/main.tf.json": TINY_MODULE,
};

async function platc(...args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const told = { out: "", err: "" };
  const stream = (name: "out" | "err"): NodeJS.WriteStream =>
    ({
      isTTY: false,
      write: (text: string) => Boolean((told[name] += text)),
    }) as unknown as NodeJS.WriteStream;
  const context: Context = {
    environment: { PATH: process.env["PATH"] },
    cwd: folder,
    stdout: stream("out"),
    stderr: stream("err"),
    stdin: process.stdin,
    now: () => new Date(0),
  };
  return { code: await runCommandLine(args, context), ...told };
}

beforeAll(async () => {
  for (const [path, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  expect((await platc("compile")).code).toBe(0);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each([
  ["plan", ["--refresh", "--why", "--full"]],
  ["apply", ["--refresh", "--why", "--full"]],
  ["bootstrap", ["--full"]],
  ["destroy", ["--full"]],
  ["drift", ["--full"]],
  ["test", []],
])("%s offers what has an effect there", async (command, offered) => {
  const { out } = await platc(command, "--help");
  const found = ["--refresh", "--why", "--full"].filter((option) => out.includes(`${option} `));
  expect(found).toEqual(offered);
});

test("the help of --select names every form", async () => {
  const { out } = await platc("apply", "--help");
  const help = out.replace(/\s+/g, " ");
  for (const form of ["addresses", "globs", "env:", "stage:", "customer:", "app:", "affected", "'...'"])
    expect(help).toContain(form);
});

test("environments of different targets are named with what each has", async () => {
  expect(await platc("plan", "dev", "prod", "staging")).toMatchObject({
    code: 1,
    err: expect.stringContaining(
      "the selected environments have different targets: 'dev' has 'emulator', 'prod' has 'cloud', 'staging' has 'cloud'",
    ),
  });
});

test("'affected' needs a revision, and selects nothing where nothing differs from it", async () => {
  expect((await platc("plan", "affected")).err).toContain("name a revision, such as --base origin/main");
  const git = (...args: readonly string[]): void =>
    void execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.com", ...args], {
      cwd: folder,
    });
  git("init", "--quiet");
  git("add", ".");
  git("commit", "--quiet", "--message", "all");
  expect((await platc("plan", "affected", "--base", "HEAD")).err).toContain("'affected' selects no stack");
});

test.each([
  ["--html", "nope/x.html", "there is no folder", "make it first: mkdir -p"],
  ["--junit", "modules", "it is a folder", "name a file"],
  ["--markdown", "platform.yaml/x.md", "is no folder", "name a file in a folder"],
])("%s with a path that cannot be written is refused before the run: %s", async (option, path, why, hint) => {
  const { code, out, err } = await platc("plan", "prod", option, path);
  expect({ code, out }).toEqual({ code: 64, out: "" });
  expect(err).toContain(`platc: ${option} cannot write '${path}': `);
  expect(err).toContain(why);
  expect(err).toContain(hint);
});

test.skipIf(process.getuid?.() === 0)("a report in a folder of somebody else is refused", async () => {
  mkdirSync(join(folder, "closed"), { mode: 0o500 });
  const { code, err } = await platc("plan", "prod", "--html", "closed/x.html");
  expect({ code, err }).toEqual({
    code: 64,
    err: expect.stringContaining("cannot write 'closed/x.html': you may not write there"),
  });
});

test.each([
  ["plan", "dve"],
  ["apply", "dev/rwa"],
  ["destroy", "stage:nope"],
  ["promote", "prodd"],
  ["output", "dev/rwa"],
  ["explain", "dev/rwa"],
  ["list", "dve"],
])("%s %s is wrong usage", async (command, selector) => {
  const args = command === "output" ? [selector, "--target", "rehearsal"] : [selector];
  expect(await platc(command, ...args)).toMatchObject({ code: 64, out: "" });
});

test.each([
  ["approve"],
  ["state", "inventory"],
  ["state", "orphans"],
  ["output", "dev/raw"],
  ["quality", "history"],
])("%s %s starts no emulator to read from it", async (...words) => {
  const { code, out, err } = await platc(...words, "--target", "emulator");
  expect({ code, out }).toEqual({ code: 1, out: "" });
  expect(err).toContain("platc: the emulator does not run");
  expect(err).toContain("'platc emulator start'");
  expect(existsSync(join(folder, ".platc", "emulator"))).toBe(false);
});

test("outputs of what is applied elsewhere: the hint names --target", async () => {
  expect(await platc("output", "dev/raw", "--target", "rehearsal")).toEqual({
    code: 1,
    out: "",
    err: "platc: 'dev/raw' is not applied in a rehearsal\n  apply it there first, or name by --target where it is applied: cloud or emulator\n",
  });
});

test("git sees nothing of .platc, and a .gitignore of somebody else's stays", async () => {
  const ignore = join(folder, ".platc", ".gitignore");
  expect(readFileSync(ignore, "utf8")).toBe("*\n");
  const git = (...args: readonly string[]): string =>
    execFileSync("git", args, { cwd: folder, encoding: "utf8" });
  git("init", "--quiet");
  expect(git("status", "--porcelain", "--untracked-files=all", "--ignored=no", ".platc")).toBe("");
  writeFileSync(ignore, "*\n!kept\n");
  await platc("check");
  expect(readFileSync(ignore, "utf8")).toBe("*\n!kept\n");
  rmSync(ignore);
  await platc("fmt", "--check");
  expect(readFileSync(ignore, "utf8")).toBe("*\n");
});

test("a command that needs no .platc makes none", async () => {
  rmSync(join(folder, ".platc"), { recursive: true, force: true });
  await platc("fmt", "--check");
  expect(existsSync(join(folder, ".platc"))).toBe(false);
});

test("a fault takes one word, so that what follows it selects, and may be said again", async () => {
  const faults = ["--fail", "dev/raw:2", "--fail", "prod/raw"];
  expect(await platc("apply", ...faults, "prod")).toMatchObject({
    code: 64,
    err: expect.stringContaining("--fail breaks something on purpose, and the target is the cloud") as string,
  });
});
