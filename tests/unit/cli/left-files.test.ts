import { afterEach, beforeEach, expect, test } from "vitest";
import { cpSync, existsSync } from "node:fs";
import { join } from "node:path";
import { makeProject, type Project, spec } from "../../run/project.ts";

let project: Project;

beforeEach(async () => {
  project = makeProject({ "platform.yaml": spec("stacks: { raw: { module: local/keep } }") });
  await project.show("compile");
});
afterEach(() => project.remove("."));

test("a stack that platc compiled and that nothing knows is told by --check and removed; all else in out/ is left alone", async () => {
  const left = "out/t/dev/acme/left/main.tf.json";
  cpSync(join(project.root, "out/t/dev/raw"), join(project.root, "out/t/dev/acme/left"), { recursive: true });
  project.write("out/t/dev/acme/left/.terraform/modules/modules.json", "{}");
  project.write("out/t/dev/acme/left/noted.txt", "mine");
  project.write("out/t/dev/mine/main.tf.json", "{}");
  const check = await project.show("compile", "--check");
  expect(check.code).toBe(1);
  expect(check.stdout).toContain(`  is extra  ${left}\n`);
  expect(check.stdout).toContain("0 differ, 1 too many");
  const compile = await project.run("compile");
  expect(JSON.parse(compile.stdout)).toMatchObject({ removed: [left], written: [] });
  expect(existsSync(join(project.root, left))).toBe(false);
  expect(project.read("out/t/dev/mine/main.tf.json")).toBe("{}");
  expect(project.read("out/t/dev/acme/left/noted.txt")).toBe("mine");
  expect(await project.show("compile", "--check")).toMatchObject({ code: 0 });
});
