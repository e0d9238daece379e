import { afterEach, beforeEach, expect, test } from "vitest";
import { compiled, makeProject, type Project, spec } from "./project.ts";

const SPEC = spec(`stacks:\n  one: { module: local/keep, inputs: { input: 1 } }\n`);

let project: Project;

beforeEach(() => {
  project = makeProject({ "platform.yaml": SPEC });
});

afterEach(() => project.remove("."));

async function isRefused(because: string): Promise<void> {
  for (const command of [["plan"], ["apply", "--auto-approve"], ["destroy", "--auto-approve"]]) {
    const [name = "", ...flags] = command;
    const result = await project.run(name, "dev", ...flags);
    expect(result).toMatchObject({ code: 1, events: [] });
    expect(result.stderr).toContain(because);
    expect(result.stderr).toContain("platc compile");
  }
}

test("no run before the first compile", async () => {
  await isRefused("out/t is not what the spec compiles to: 'out/t/dev/one/main.tf.json' and 1 more");
});

test("no run after a change of the spec, of a module, or of out/ by hand", async () => {
  await compiled(project);
  project.write("platform.yaml", SPEC.replace("input: 1", "input: 2"));
  await isRefused("out/t is not what the spec compiles to");
  await compiled(project);
  expect((await project.run("plan", "dev")).code).toBe(0);
  project.write("modules/local/keep/main.tf", `${project.read("modules/local/keep/main.tf")}\n# more\n`);
  await isRefused("out/t is not what the spec compiles to: 'out/t/manifest.json'");
  await compiled(project);
  project.write("out/t/dev/one/main.tf.json", "{}");
  await isRefused("'out/t/dev/one/main.tf.json'");
});

test("no run while a stack that has left the spec still lies in out/", async () => {
  await compiled(project);
  project.write("platform.yaml", SPEC.replace("one:", "two:"));
  await isRefused("out/t is not what the spec compiles to");
});

test("no run after a compile that was cut off, until the next one", async () => {
  await compiled(project);
  project.write("out/t/.compiling", "out/t/dev/one/main.tf.json\n");
  await isRefused("an earlier compile was interrupted");
  await compiled(project);
  expect((await project.run("plan", "dev")).code).toBe(0);
});

test("no run with mistakes in the spec, which are all told", async () => {
  await compiled(project);
  project.write("platform.yaml", SPEC.replace("module:", "modul:"));
  const result = await project.run("plan", "dev");
  expect(result.code).toBe(1);
  expect(result.stderr).toContain("platform.yaml:");
});
