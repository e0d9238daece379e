import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { PassThrough } from "node:stream";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { runCommandLine } from "../../src/cli/program.ts";
import { applied, compiled, makeProject, type Project, spec } from "./project.ts";

const ENVIRONMENTS = "environments: { dev: { target: emulator }, prod: { after: dev } }";
const SPEC = spec("stacks: { one: { module: local/keep, inputs: { input: 1 } } }", ENVIRONMENTS);

let server: Server;
let project: Project;

beforeAll(async () => {
  server = createServer((_request, response) =>
    response.end(JSON.stringify({ status: "ok", pid: 1, versions: { moto: "5" } })),
  );
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
});
afterAll(() => void server.close());
beforeEach(async () => {
  project = makeProject({ "platform.yaml": SPEC });
  await compiled(project);
});
afterEach(() => project.remove("."));

function emulate(): void {
  const { port } = server.address() as AddressInfo;
  project.environment["PLATC_EMULATOR_ENDPOINT"] = `http://127.0.0.1:${port}`;
}

test("what waits is approved with the target at which it waits, as the hint says", async () => {
  const waiting = await project.show("apply", "prod", "--target", "rehearsal");
  expect(waiting.code).toBe(3);
  const [, id = "", flags] = /\n {2}platc approve ([0-9a-f]{12})(.*)\n$/.exec(waiting.stdout) ?? [];
  expect(flags).toBe(" --target rehearsal");
  expect(await project.show("approve", id, "--target", "rehearsal")).toMatchObject({
    code: 0,
    stdout: "approved: prod/one\n",
  });
  expect(await project.run("apply", "prod", "--target", "rehearsal")).toMatchObject({
    code: 0,
    statuses: { "prod/one": "applied" },
  });
});

test("what could be planned only at its turn is approved with the target at which it waits", async () => {
  project.write(
    "modules/local/each/main.tf",
    'variable "keys" {}\nresource "terraform_data" "each" { for_each = toset([var.keys]) }\n',
  );
  project.write(
    "platform.yaml",
    spec(
      'stacks: { one: { module: local/keep }, each: { module: local/each, inputs: { keys: "{{outputs.one.id}}" } } }',
    ),
  );
  await compiled(project);
  const waiting = await project.show("apply", "dev", "--target", "rehearsal", "--auto-approve");
  expect(waiting.code).toBe(3);
  expect(waiting.stdout).toMatch(/\n {2}platc approve [0-9a-f]{12} --target rehearsal\n$/);
});

test("what waits where platc approve looks by itself needs no target", async () => {
  emulate();
  const waiting = await project.show("apply", "dev");
  expect(waiting.code).toBe(3);
  expect(waiting.stdout).toMatch(/\n {2}platc approve [0-9a-f]{12}\n$/);
});

test("what was proven on another target: both ways out are named, and each goes on", async () => {
  emulate();
  expect((await project.run("apply", "dev", "--auto-approve")).code).toBe(0);
  const refused = await project.show("promote", "prod", "--auto-approve");
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain(
    "'prod/one': 'dev/one' was proven on emulator only; 'platc apply dev/one --target cloud' applies and tests it there, or run this with '--target emulator'\n",
  );
  const apply = await project.show("apply", "prod", "--auto-approve");
  expect(apply.stderr).toContain(
    "'platc apply dev --target cloud' applies and tests it there first, or run this with '--target emulator'",
  );
  expect((await project.run("promote", "prod", "--target", "emulator", "--auto-approve")).code).toBe(0);
  const there = await project.run("apply", "dev/one", "--target", "cloud", "--auto-approve");
  expect(there.code).toBe(0);
  expect(there.events.find(({ kind }) => kind === "note")).toMatchObject({
    message: "'dev/one' was applied on the emulator last; this run is against the cloud",
    hint: "'--target emulator' goes on there",
  });
  expect((await project.run("promote", "prod", "--auto-approve")).code).toBe(0);
});

test("an emulator that does not run is not started to read what is applied there", async () => {
  for (const words of [["approve"], ["state", "inventory"], ["output", "dev/one"]])
    expect(await project.show(...words)).toMatchObject({
      code: 1,
      stdout: "",
      stderr: expect.stringContaining("platc: the emulator does not run"),
    });
});

test("what somebody does not want destroyed is declined, and stays", async () => {
  project.write("platform.yaml", SPEC.replace("target: emulator", ""));
  expect((await applied(project)).code).toBe(0);
  const { code, text } = await answered("no", "destroy", "dev");
  expect(code).toBe(0);
  expect(text).toMatch(/^dev\/one {2}declined/m);
  expect(text).not.toContain("unchanged");
  expect((await project.show("output", "dev/one", "fixed")).stdout).toBe("fixed\n");
});

test("what somebody does not want applied is declined, and nothing is done", async () => {
  project.write("platform.yaml", SPEC.replace("target: emulator", ""));
  await compiled(project);
  const { code, text } = await answered("no", "apply", "dev");
  expect(code).toBe(0);
  expect(text).toMatch(/^dev\/one {2}declined/m);
  expect(text).toMatch(/^Apply finished in .*: 1 declined/m);
  expect((await project.show("output", "dev/one", "fixed")).code).toBe(1);
});

/** Runs a command as on a terminal, and answers its question. */
async function answered(
  answer: string,
  ...words: readonly string[]
): Promise<{ readonly code: number; readonly text: string }> {
  const output = new PassThrough();
  const input = new PassThrough();
  let text = "";
  output.on("data", (chunk: Buffer) => {
    text += String(chunk);
    if (text.endsWith("Only 'yes' goes on: ")) input.write(`${answer}\n`);
  });
  const code = await runCommandLine(words, {
    environment: { ...process.env, NO_COLOR: "1", CI: "1" },
    cwd: project.root,
    stdout: Object.assign(output, { isTTY: true }) as unknown as NodeJS.WriteStream,
    stderr: new PassThrough() as unknown as NodeJS.WriteStream,
    stdin: Object.assign(input, { isTTY: true }) as unknown as NodeJS.ReadStream,
    now: () => new Date(),
  });
  return { code, text };
}
