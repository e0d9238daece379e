import { afterEach, beforeEach, expect, test } from "vitest";
import { compiled, makeProject, type Project, spec } from "./project.ts";

const ENVIRONMENTS =
  "environments: { dev: {}, staging: { after: dev, optional: true }, prod: { after: staging, vars: { size: 3 } } }";
const SPEC = spec(
  `
vars: { size: 1 }
stacks:
  one:
    module: local/keep
    inputs: { input: "{{vars.size}}" }
    checks: { works: { attempts: 1, command: { run: [node, -e, "process.exit(Number(process.env.BROKEN ?? 0))"] } } }
  late: { environments: [prod], module: local/keep }
`,
  ENVIRONMENTS,
);

let project: Project;

beforeEach(async () => {
  project = makeProject({ "platform.yaml": SPEC });
  await compiled(project);
});

afterEach(() => project.remove("."));

test("what was applied and tested in dev may come to prod, past an optional environment", async () => {
  const early = await project.run("apply", "prod", "--auto-approve");
  expect(early.code).toBe(1);
  expect(early.stderr).toContain("'prod/one' is not proven: 'dev/one' was never applied");
  expect(early.stderr).not.toContain("prod/late");
  expect(await project.run("apply", "dev", "--auto-approve")).toMatchObject({ code: 0 });
  expect(await project.run("apply", "prod", "--auto-approve")).toMatchObject({
    code: 0,
    statuses: { "prod/one": "applied", "prod/late": "applied" },
  });
});

test("what failed its tests in dev does not", async () => {
  project.environment["BROKEN"] = "1";
  expect(await project.run("apply", "dev", "--auto-approve")).toMatchObject({ code: 1 });
  const promoted = await project.run("apply", "prod", "--auto-approve");
  expect(promoted).toMatchObject({ code: 1 });
  expect(promoted.stderr).toContain("'prod/one' is not proven: the tests of 'dev/one' have not passed");
});

test("a plan says that the tests of what is applied have not passed, until an apply has run them again", async () => {
  const planned = async (): Promise<unknown> =>
    (await project.run("plan", "dev")).events.findLast(({ kind }) => kind === "stack-finished")?.outcome;
  await project.run("apply", "dev", "--auto-approve", "--no-test");
  expect(await planned()).toEqual({ status: "up-to-date", tests: "pending" });
  project.environment["BROKEN"] = "1";
  expect(await project.run("apply", "dev", "--auto-approve")).toMatchObject({ code: 1, processes: 0 });
  expect(await planned()).toEqual({ status: "up-to-date", tests: "failed" });
  const plan = await project.show("plan", "dev", "--why");
  expect(plan.code).toBe(0);
  expect(plan.stdout).toContain("dev/one runs because\n  - its tests failed\n");
  expect(plan.stdout).toContain("! dev/one  up to date; its tests failed: an apply runs them again\n");
  expect(plan.stdout).toMatch(/^dev\/one {2}up to date .* its tests failed: an apply runs them again$/m);
  expect(plan.stdout).toContain("next: `platc apply dev` runs the tests that have not passed\n");
  project.environment["BROKEN"] = "0";
  const mended = await project.run("apply", "dev", "--auto-approve");
  expect(mended.events.at(-1)?.["outcomes"]).toEqual({ "dev/one": { status: "up-to-date" } });
  expect(await planned()).toEqual({ status: "up-to-date" });
});

test("an environment that was used is not left out, and another definition is not proven", async () => {
  await project.run("apply", "dev", "--auto-approve");
  await project.run("apply", "staging", "--auto-approve");
  project.write("platform.yaml", SPEC.replace("vars: { size: 1 }", "vars: { size: 2 }"));
  await compiled(project);
  expect(await project.run("apply", "dev", "--auto-approve")).toMatchObject({ code: 0 });
  const promoted = await project.run("apply", "prod", "--auto-approve");
  expect(promoted.stderr).toContain("what is applied as 'staging/one' is another definition");
  const plan = await project.show("plan", "prod");
  expect(plan.stdout).toContain("'prod/one' is not proven");
});

test("the layer of prod alone asks for no new proof", async () => {
  await project.run("apply", "dev", "--auto-approve");
  project.write("platform.yaml", SPEC.replace("size: 3", "size: 4"));
  await compiled(project);
  expect(await project.run("apply", "prod", "--auto-approve")).toMatchObject({ code: 0 });
});

test("a check that changed is run again, without Terraform", async () => {
  await project.run("apply", "dev", "--auto-approve");
  project.write("platform.yaml", SPEC.replace("works:", "works: { command: { run: [node, -v] } }, more:"));
  await compiled(project);
  const second = await project.run("apply", "dev", "--auto-approve");
  expect(second).toMatchObject({ code: 0, processes: 0, statuses: { "dev/one": "up-to-date" } });
  const checked = second.events.filter((event) => event.kind === "check-finished");
  expect(checked.map((event) => (event["result"] as { name: string }).name)).toEqual(["more", "works"]);
});
