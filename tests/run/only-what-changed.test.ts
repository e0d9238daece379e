import { cpSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { applied, compiled, copyProject, makeProject, type Project, spec, stateFile } from "./project.ts";

const SPEC = spec(`
variables: { secret: { sensitive: true }, plain: { default: none } }
stacks:
  up: { module: local/keep, inputs: { input: { a: 1, b: 2 } } }
  picks:
    module: local/keep
    inputs: { input: "{{outputs.up.fixed}}" }
  reads:
    module: local/keep
    inputs: { input: "{{outputs.up.value}}" }
  file: { module: local/keep, inputs: { input: "{{path 'note.txt'}}" } }
  other: { module: local/other, inputs: { text: "{{var.secret}}-{{var.plain}}" } }
`);

const OTHER = `
variable "text" { 
  type = string 
  sensitive = true 
}
resource "terraform_data" "this" { input = sha256(var.text) }
`;

let template: Project;
let project: Project;

beforeAll(async () => {
  template = makeProject({ "platform.yaml": SPEC, "note.txt": "one", "modules/local/other/main.tf": OTHER });
  template.environment["TF_VAR_secret"] = "first";
  const first = await applied(template);
  expect(first).toMatchObject({ code: 0 });
  expect(Object.values(first.statuses)).toEqual(Array(5).fill("applied"));
});

test("of the folders of runs that have ended, the newest 50 stay", async () => {
  const folder = join(project.root, ".platc", "runs");
  const [ended = ""] = readdirSync(folder);
  for (let run = 10; run < 60; run++)
    cpSync(join(folder, ended), join(folder, `10000101T0000${run}Z`), { recursive: true });
  const before = readdirSync(folder).sort();
  expect(await project.run("plan", "dev")).toMatchObject({ code: 0 });
  const after = readdirSync(folder).sort();
  expect(after).toHaveLength(50);
  expect(after.slice(0, -1)).toEqual(before.slice(-49));
});

beforeEach(() => {
  project = copyProject(template);
});

afterEach(() => project.remove("."));
afterAll(() => template.remove("."));

const UP_TO_DATE = {
  "dev/up": "up-to-date",
  "dev/picks": "up-to-date",
  "dev/reads": "up-to-date",
  "dev/file": "up-to-date",
  "dev/other": "up-to-date",
};

test("nothing has changed: no Terraform is started", async () => {
  const second = await applied(project);
  expect(second).toMatchObject({ code: 0, statuses: UP_TO_DATE, processes: 0, reasons: {} });
  const announced = second.events.find((event) => event.kind === "run-announced");
  expect(announced).toMatchObject({ toPlan: 0, upToDate: Object.keys(second.statuses).sort() });
});

test("the spec has another name: no Terraform is started", async () => {
  project.write("moved.yaml", project.read("platform.yaml"));
  project.remove("platform.yaml");
  project.write("package.json", '{ "platc": { "spec": "moved.yaml" } }');
  const { statuses, processes } = await applied(project);
  expect([...new Set(Object.values(statuses))]).toEqual(["up-to-date"]);
  expect(processes).toBe(0);
});

test("a definition: it runs, those that read what changed run, and no other", async () => {
  project.write("platform.yaml", SPEC.replace("b: 2", "b: 3"));
  const second = await applied(project);
  expect(second).toMatchObject({
    code: 0,
    statuses: { ...UP_TO_DATE, "dev/up": "applied", "dev/reads": "applied" },
    reasons: {
      "dev/up": ["its definition changed"],
      "dev/reads": ["'dev/up' output 'value', which it reads, changed"],
    },
  });
});

test("the announcement counts what will be planned, and what may have to be", async () => {
  project.write("platform.yaml", SPEC.replace("b: 2", "b: 3"));
  await compiled(project);
  const { events } = await project.run("plan", "dev");
  expect(events.find((event) => event.kind === "run-announced")).toMatchObject({
    upToDate: ["dev/file", "dev/other"],
    ...{ toPlan: 3, undecided: 2 },
  });
  expect((await project.show("plan", "dev")).stdout).toContain(
    "Plan of t: 5 stacks, 2 up to date, 1 to plan, 2 more depending on what they read\n",
  );
});

test("a file of a module, though it changes nothing", async () => {
  project.write("modules/local/other/main.tf", `${OTHER}# more\n`);
  const second = await applied(project);
  expect(second).toMatchObject({
    code: 0,
    statuses: { ...UP_TO_DATE, "dev/other": "unchanged" },
    reasons: { "dev/other": ["a file of its modules changed"] },
  });
  expect(await applied(project)).toMatchObject({ statuses: UP_TO_DATE, processes: 0 });
});

test("a file that an input names", async () => {
  project.write("note.txt", "two");
  const second = await applied(project);
  expect(second.reasons).toEqual({ "dev/file": ["a file that it names changed"] });
  expect(second.statuses).toEqual({ ...UP_TO_DATE, "dev/file": "unchanged" });
});

test("the value of a variable, which no report shows", async () => {
  project.environment["TF_VAR_secret"] = "second-value";
  const second = await applied(project);
  expect(second).toMatchObject({
    code: 0,
    statuses: { ...UP_TO_DATE, "dev/other": "applied" },
    reasons: { "dev/other": ["the variable 'secret' has another value"] },
  });
  expect(second.stdout + second.stderr).not.toContain("second-value");
  project.environment["TF_VAR_plain"] = "given";
  const given = await applied(project);
  expect(given.reasons).toEqual({ "dev/other": ["the variable 'plain' has another value"] });
  delete project.environment["TF_VAR_plain"];
  const withdrawn = await applied(project);
  expect(withdrawn.reasons).toEqual({ "dev/other": ["the variable 'plain' has another value"] });
});

test("a state that was changed behind its back", async () => {
  const state = JSON.parse(project.read(stateFile("dev/file"))) as Record<string, unknown>;
  project.write(stateFile("dev/file"), JSON.stringify({ ...state, serial: 7 }));
  expect((await applied(project)).reasons).toEqual({
    "dev/file": [`its state was changed without platc (serial 7, was ${String(state["serial"])})`],
  });
  expect(await applied(project)).toMatchObject({ statuses: UP_TO_DATE, processes: 0 });
});

test("a state that was deleted, and one that was made again", async () => {
  const kept = project.read(stateFile("dev/file"));
  project.remove(stateFile("dev/file"));
  const second = await applied(project);
  expect(second).toMatchObject({ code: 0, statuses: { ...UP_TO_DATE, "dev/file": "applied" } });
  expect(second.reasons).toEqual({ "dev/file": ["its state is gone"] });
  project.write(stateFile("dev/file"), kept);
  expect((await applied(project)).reasons).toEqual({ "dev/file": ["its state was replaced by another one"] });
});

test("a refresh that is asked for, once, and one that the spec asks for, always", async () => {
  const asked = await applied(project, "--refresh");
  expect(asked.reasons["dev/up"]).toEqual(["a refresh was asked for"]);
  expect(Object.values(asked.statuses)).toEqual(Array(5).fill("unchanged"));
  project.write(
    "platform.yaml",
    SPEC.replace("up: { module: local/keep", "up: { refresh: always, module: local/keep"),
  );
  for (let round = 0; round < 2; round++) {
    const second = await applied(project);
    expect(second.reasons).toEqual({ "dev/up": ["the spec says 'refresh: always'"] });
    expect(second.statuses).toEqual({ ...UP_TO_DATE, "dev/up": "unchanged" });
  }
});

test("an output that it did not read before", async () => {
  project.write("platform.yaml", SPEC.replace("outputs.up.fixed", "outputs.up.id"));
  expect((await applied(project)).reasons).toEqual({
    "dev/picks": ["its definition changed", "it reads 'dev/up' output 'id', and did not before"],
  });
});

test("an apply that did not end well, until one does", async () => {
  const failing = SPEC.replace('{{outputs.up.fixed}}"', '{{outputs.up.fixed}}", fail: true');
  project.write("platform.yaml", failing.replace("b: 2", "b: 3"));
  expect(await applied(project)).toMatchObject({ code: 1, statuses: { "dev/picks": "failed" } });
  project.write(
    "modules/local/other/main.tf",
    OTHER.replace("sha256(var.text)", 'file("/missing/${sha256(var.text)}")'),
  );
  project.write("platform.yaml", SPEC);
  const second = await applied(project);
  expect(second.statuses).toMatchObject({ "dev/picks": "up-to-date", "dev/other": "failed" });
});

test("plan says why in words for people", async () => {
  project.write("note.txt", "two");
  await compiled(project);
  const { stdout } = await project.show("plan", "dev", "--why");
  expect(stdout).toContain("dev/file runs because\n  - a file that it names changed");
});

test("--parallelism 1 runs one stack at a time, and a number that is none is refused", async () => {
  const { code, events } = await applied(project, "--refresh", "--parallelism", "1");
  expect(code).toBe(0);
  const steps = events.filter((event) => ["stack-started", "stack-finished"].includes(event.kind));
  const changes = steps.filter((event, at) => event.address !== steps[at + 1]?.address);
  expect(changes).toHaveLength(5 * 2); // once for the plan and once for the apply of each
  expect(await project.run("plan", "dev", "--parallelism", "0")).toMatchObject({ code: 64 });
});
