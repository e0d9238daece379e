import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { applied, compiled, makeProject, outputsOf, type Project, spec, stateFile } from "./project.ts";

const BEFORE = spec(`
stacks:
  up: { address: first/up, module: local/keep, inputs: { input: one } }
  down: { module: local/keep, inputs: { input: "{{outputs.up.id}}" } }
`);
const AFTER = BEFORE.replace("address: first/up", "address: second/up, moved: [first/up]");

let project: Project;
let id: unknown;

beforeEach(async () => {
  project = makeProject({ "platform.yaml": BEFORE });
  expect(await applied(project)).toMatchObject({ code: 0 });
  id = outputsOf(project, "dev/first/up")["id"];
  project.write("platform.yaml", AFTER);
  await compiled(project);
});

afterEach(() => project.remove("."));

test("a plan shows that nothing is made anew, and carries nothing", async () => {
  const plan = await project.run("plan", "dev");
  expect(plan).toMatchObject({
    code: 0,
    statuses: { "dev/second/up": "unchanged", "dev/down": "unchanged" },
    reasons: { "dev/second/up": ["its state is carried over from 'dev/first/up'"] },
  });
  expect(existsSync(join(project.root, stateFile("dev/first/up")))).toBe(true);
  expect(existsSync(join(project.root, stateFile("dev/second/up")))).toBe(false);
  expect(existsSync(join(project.root, ".platc/t/dev/second/up/terraform.tfstate"))).toBe(false);
});

test("an apply carries the state over, and its resources stay", async () => {
  expect(await applied(project)).toMatchObject({
    code: 0,
    statuses: { "dev/second/up": "unchanged", "dev/down": "unchanged" },
  });
  expect(outputsOf(project, "dev/second/up")["id"]).toBe(id);
  expect(outputsOf(project, "dev/down")["value"]).toBe(id);
  expect(existsSync(join(project.root, stateFile("dev/first/up")))).toBe(false);
  expect(await applied(project)).toMatchObject({ code: 0, processes: 0 });
  expect((await project.show("state", "orphans")).stdout).toContain(
    "nothing is applied that the spec does not have",
  );
});

test("a move together with a change is shown as the change", async () => {
  project.write("platform.yaml", AFTER.replace("input: one", "input: two"));
  expect(await applied(project)).toMatchObject({ code: 0, statuses: { "dev/second/up": "applied" } });
  expect(outputsOf(project, "dev/second/up")).toMatchObject({ id, value: "two" });
});

test("without 'moved' the old address is an orphan", async () => {
  project.write("platform.yaml", AFTER.replace(", moved: [first/up]", ""));
  await compiled(project);
  const plan = await project.run("plan", "dev");
  expect(plan.events.find((event) => event.kind === "run-announced")).toMatchObject({
    orphans: ["dev/first/up"],
  });
  expect(plan.statuses).toMatchObject({ "dev/second/up": "planned" });
});
