import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import type { Context } from "../../../src/cli/context.ts";
import { runCommandLine } from "../../../src/cli/program.ts";
import { TINY_MODULE } from "../stacks/platforms.ts";

const folder = mkdtempSync(join(tmpdir(), "platc-commands-"));
const SPEC = `version: 1
platform: p
state: { backend: s3, config: { bucket: "p-{{environment.name}}-state" } }
environments:
  dev: {}
  prod: { after: dev }
stacks:
  raw: { address: storage/raw, module: test/tiny }
  job:
    module: test/tiny
    stage: deploy
    inputs: { name: "{{outputs.raw.id}}" }
`;

function write(path: string, content: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}

beforeEach(() => {
  write("platform.yaml", SPEC);
  write("modules/test/tiny/main.tf.json", TINY_MODULE);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function platc(...args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const told = { out: "", err: "" };
  const stream = (name: "out" | "err"): NodeJS.WriteStream =>
    ({
      isTTY: false,
      write: (text: string) => Boolean((told[name] += text)),
    }) as unknown as NodeJS.WriteStream;
  const context: Context = {
    environment: {},
    cwd: folder,
    stdout: stream("out"),
    stderr: stream("err"),
    stdin: process.stdin,
    now: () => new Date(0),
  };
  return { code: await runCommandLine(args, context), ...told };
}

describe("list", () => {
  test("a table", async () => {
    expect(await platc("list", "dev")).toEqual({
      code: 0,
      out: `ADDRESS          STAGE      MODULE     STATE
dev/job          deploy     test/tiny  s3://p-dev-state/p/dev/job/terraform.tfstate
dev/storage/raw  provision  test/tiny  s3://p-dev-state/p/dev/storage/raw/terraform.tfstate
`,
      err: "",
    });
  });
  test("folders, and JSON", async () => {
    expect((await platc("list", "--paths", "raw")).out).toBe(
      "out/p/dev/storage/raw\nout/p/prod/storage/raw\n",
    );
    const [job] = JSON.parse((await platc("list", "--json", "dev/job")).out) as readonly unknown[];
    expect(job).toEqual({
      address: "dev/job",
      stack: "job",
      environment: "dev",
      stage: "deploy",
      modules: ["test/tiny"],
      state: {
        backend: "s3",
        key: "p/dev/job/terraform.tfstate",
        location: "s3://p-dev-state/p/dev/job/terraform.tfstate",
      },
      folder: "out/p/dev/job",
      upstream: ["dev/storage/raw"],
    });
  });
  test("a selector that means nothing", async () => {
    expect(await platc("list", "dve")).toEqual({
      code: 64,
      out: "",
      err: "platc: 'dve' is no environment, stack, customer, app or stage\n  did you mean 'dev'?\n",
    });
  });
});

describe("graph", () => {
  test("in waves", async () => {
    const { out } = await platc("graph", "dev");
    expect(out).toBe("wave 1\n  dev/storage/raw\n\nwave 2\n  dev/job\n    <- dev/storage/raw\n");
  });
  test("a format that is none", async () => {
    expect((await platc("graph", "--format", "png")).code).toBe(64);
  });
});

describe("check", () => {
  test("without mistakes", async () => {
    expect(await platc("check")).toEqual({ code: 0, out: "platform.yaml, 4 stacks: no mistakes\n", err: "" });
  });
  test("with a mistake, for machines too", async () => {
    write("platform.yaml", SPEC.replace("after: dev", "aftr: dev"));
    expect(await platc("check")).toMatchObject({
      code: 1,
      out: expect.stringContaining("did you mean 'after'?"),
    });
    const { code, out } = await platc("check", "--json");
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      ok: false,
      errors: 1,
      diagnostics: [
        { code: "unknown-key", place: { file: "platform.yaml", start: { line: 6, column: 11 } } },
      ],
    });
  });
});

describe("explain", () => {
  test("a value", async () => {
    const { out } = await platc("explain", "dev/job", "state.config.bucket");
    expect(out).toContain('"p-dev-state"');
    expect(out).toContain("platform.yaml:3:41");
  });
  test("a stack that is several", async () => {
    expect(await platc("explain", "raw")).toMatchObject({
      code: 64,
      err: expect.stringContaining("several stacks"),
    });
  });
});

test.each([
  [["check", "--spec", "nope.yaml"], "there is no spec 'nope.yaml'"],
  [["doctor", "--spec", "nope.yaml"], "there is no spec 'nope.yaml'"],
  [["emulator", "status", "--spec", "nope.yaml"], "there is no spec 'nope.yaml'"],
  [["fmt", "nope.yaml"], "'nope.yaml' cannot be read"],
  [["explain", "dev/job", "inputs.foo"], "nothing says 'inputs.foo' in 'dev/job'"],
  [["explain", "dev,!dev"], "'dev,!dev' selects no stack"],
  [["approve", "nope", "--target", "rehearsal"], "there is no approval 'nope'"],
  [["generate", "dbt", "dve"], "there is no environment 'dve'"],
  [["ci", "image", "nope", "--target", "rehearsal"], "there is no app 'nope'"],
])("%j names what is not there, which is wrong usage", async (args, message) => {
  const { code, out, err } = await platc(...args);
  expect({ code, out, first: err.split("\n")[0] }).toEqual({ code: 64, out: "", first: `platc: ${message}` });
});

test.each([
  [["output", "dev/raw", "--target", "rehearsal"], "there is no stack 'dev/raw'"],
  [["plan", "dev/raw"], "there is no stack 'dev/raw'"],
])("%j has the name of a stack for its address", async (args, message) => {
  expect(await platc(...args)).toMatchObject({
    code: 64,
    err: expect.stringContaining(`platc: ${message}\n  did you mean 'dev/storage/raw'?`),
  });
});

test.each(["inventory", "orphans"])("state %s takes selectors", async (what) => {
  const state = (...where: readonly string[]) => platc("state", what, ...where, "--target", "rehearsal");
  expect(await state("dev", "prod/job")).toMatchObject({ code: 0, err: "" });
  expect(await state("dve")).toMatchObject({ code: 64, out: "" });
});

test("a misspelt environment is taken for no environment that has left the spec", async () => {
  expect(await platc("plan", "dve")).toEqual({
    code: 64,
    out: "",
    err: "platc: 'dve' is no environment, stack, customer, app or stage\n  did you mean 'dev'?\n",
  });
});

test("a spec that is not there, and that the command line does not name, is no wrong usage", async () => {
  rmSync(join(folder, "platform.yaml"));
  expect(await platc("check")).toMatchObject({ code: 1, err: expect.stringContaining("no spec here") });
});

describe("fmt", () => {
  test("checks, then writes", async () => {
    write("platform.yaml", SPEC.replace("  dev: {}", "    dev: {}").replace("  prod:", "    prod:"));
    expect(await platc("fmt", "--check")).toEqual({ code: 1, out: "platform.yaml\n", err: "" });
    expect(await platc("fmt")).toEqual({ code: 0, out: "platform.yaml\n", err: "" });
    expect(readFileSync(join(folder, "platform.yaml"), "utf8")).toBe(SPEC);
    expect(await platc("fmt", "--check")).toEqual({ code: 0, out: "", err: "" });
  });
});

describe("schema", () => {
  test("of the platform, beside the spec", async () => {
    expect((await platc("schema", "--write")).out).toBe("wrote platform.schema.json\n");
    expect(readFileSync(join(folder, "platform.schema.json"), "utf8")).toContain('"{{outputs.raw.id}}"');
    expect((await platc("schema", "--write")).out).toBe("platform.schema.json is current\n");
  });
  test("of the language alone", async () => {
    expect((await platc("schema", "--base")).out).not.toContain("outputs.raw");
    expect((await platc("schema", "--base", "--rehearsal")).out).not.toContain("aws_vpc");
  });
  test("of what rehearsals know, where somebody asks for it or writes it", async () => {
    write("platform.yaml", `${SPEC}terraform: { providers: { aws: { source: hashicorp/aws } } }\n`);
    expect((await platc("schema", "--rehearsal")).out).toContain('"aws_vpc": {"$ref"');
    expect((await platc("schema", "--rehearsal", "--write")).out).toBe("wrote rehearsal.schema.json\n");
    expect((await platc("schema", "--write")).out).toBe(
      "wrote platform.schema.json\nrehearsal.schema.json is current\n",
    );
  });
});

describe("what a run is told to do", () => {
  test("stacks are named, and which there are is said where they are not", async () => {
    expect(await platc("plan")).toEqual({
      code: 64,
      out: "",
      err: "platc: say which stacks\n  name an environment (dev, prod), or a selector such as 'dev/storage/**'\n",
    });
  });

  test("an option that has taken the environment for its value is noticed", async () => {
    expect(await platc("apply", "--auto-approve", "dev")).toEqual({
      code: 64,
      out: "",
      err: "platc: --auto-approve covers no 'dev'\n  name the stacks first: platc apply dev --auto-approve\n",
    });
  });
});
