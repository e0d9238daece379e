import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
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
