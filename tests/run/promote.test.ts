import { afterEach, beforeEach, expect, test } from "vitest";
import { compiled, makeProject, outputsOf, type Project, spec } from "./project.ts";

const ENVIRONMENTS = `environments:
  dev: {}
  staging: { after: dev, optional: true }
  prod:
    after: staging
    approval: manual
    vars: { size: 3, unread: 1 }
    stacks:
      one: { inputs: { input: { tier: gold } } }
`;
const SPEC = spec(
  `
vars: { size: 1, unread: 0 }
stacks:
  one:
    module: local/keep
    inputs: { input: { size: "{{vars.size}}", tier: "iron", place: "{{environment.name}}" } }
    checks: { works: { attempts: 1, command: { run: [node, -e, "process.exit(Number(process.env.BROKEN ?? 0))"] } } }
  two: { module: local/keep, inputs: { input: "{{outputs.one.fixed}}" } }
  late: { environments: [prod], module: local/keep, inputs: { input: 1 } }
`,
  ENVIRONMENTS,
);

let project: Project;

beforeEach(async () => {
  project = makeProject({ "platform.yaml": SPEC });
  await compiled(project);
});

afterEach(() => project.remove("."));

test("nothing is promoted that was not applied and tested, and each such stack is named with what to do", async () => {
  const early = await project.show("promote", "staging", "--auto-approve");
  expect(early.code).toBe(1);
  expect(early.stderr)
    .toBe(`platc: 2 stacks were not applied and tested in 'dev' as the spec defines them now, and nothing was promoted:
  'staging/one': 'dev/one' was never applied; 'platc apply dev/one' applies and tests it there
  'staging/two': 'dev/two' was never applied; 'platc apply dev/two' applies and tests it there
  what is proven alone is promoted by naming it: platc promote ENVIRONMENT STACK...
`);
  project.environment["BROKEN"] = "1";
  await project.run("apply", "dev", "--auto-approve");
  const broken = await project.show("promote", "staging", "one", "--auto-approve");
  expect(broken.code).toBe(1);
  expect(broken.stderr).toContain(
    "'staging/one': the tests of 'dev/one' have not passed; 'platc apply dev/one' applies and tests it there",
  );
});

test("what dev proved goes to staging, and only what was named", async () => {
  await project.run("apply", "dev", "--auto-approve");
  expect(await project.run("promote", "staging", "one", "--auto-approve")).toMatchObject({
    code: 0,
    statuses: { "staging/one": "applied" },
  });
  expect(await project.run("promote", "staging", "--auto-approve")).toMatchObject({
    code: 0,
    statuses: { "staging/one": "up-to-date", "staging/two": "applied" },
  });
  expect(outputsOf(project, "staging/one")["value"]).toEqual({ size: 1, tier: "iron", place: "staging" });
});

test("the gate of prod lists what its own layers add, an approval holds it, and staging may be left out", async () => {
  await project.run("apply", "dev", "--auto-approve");
  const waiting = await project.run("promote", "prod", "--auto-approve");
  expect(waiting).toMatchObject({ code: 3, statuses: { "prod/one": "waiting", "prod/late": "waiting" } });
  const unproven = waiting.events.filter((event) => event.kind === "stack-unproven");
  expect(unproven.map(({ address, by, values }) => ({ address, by, values }))).toEqual([
    { address: "prod/late", by: undefined, values: [] },
    {
      address: "prod/one",
      by: "dev/one",
      values: [
        {
          path: "inputs.input.tier",
          value: '"gold"',
          proven: '"iron"',
          origin: "environment 'prod'",
          place: "platform.yaml:12:39",
        },
        {
          path: "vars.size",
          value: "3",
          proven: "1",
          origin: "environment 'prod'",
          place: "platform.yaml:10:19",
        },
      ],
    },
  ]);
  const list = await project.show("approve");
  expect(list.stdout).toContain("not proven before: prod/one inputs.input.tier, vars.size");
  const [id = ""] = list.stdout.split(" ");
  expect((await project.show("approve", id)).code).toBe(0);
  const told = await project.show("promote", "prod");
  expect(told.code).toBe(0);
  expect(told.stdout).toContain(`prod/one  not proven in dev/one:
    inputs.input.tier = "gold", there "iron"  (platform.yaml:12:39  environment 'prod')
    vars.size = 3, there 1  (platform.yaml:10:19  environment 'prod')`);
  expect(told.stdout).toContain("prod/late  not proven before: it is in no environment before this one");
  expect(told.stdout).toContain("Promotion of t: 3 stacks");
});

test("an environment that takes from no other one, or is none, is refused with what there is", async () => {
  const first = await project.show("promote", "dev");
  expect(first).toMatchObject({ code: 64 });
  expect(first.stderr).toContain("'dev' takes its stacks from no other environment");
  expect(first.stderr).toContain("'platc apply dev' applies them; 'staging', 'prod' come after another one");
  const misspelt = await project.show("promote", "stagin");
  expect(misspelt).toMatchObject({ code: 64 });
  expect(misspelt.stderr).toContain("did you mean 'staging'?");
  const elsewhere = await project.show("promote", "staging", "prod/one");
  expect(elsewhere.stderr).toContain("'prod/one' selects no stack of 'staging'");
  expect((await project.show("promote")).code).toBe(64);
  expect((await project.show("promote", "--auto-approve", "staging")).stderr).toContain(
    "missing required argument",
  );
});
