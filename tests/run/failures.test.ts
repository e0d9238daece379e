import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { applied, compiled, makeProject, outputsOf, type Project, spec, stateFile } from "./project.ts";

/** Fails while it is applied, after it has made something, as long as the marker file is there. */
const BREAKS = `
variable "input" { 
  type = any 
  default = null 
}
resource "terraform_data" "made" { input = "made" }
resource "terraform_data" "breaks" {
  depends_on = [terraform_data.made]
  provisioner "local-exec" { command = "test ! -e \${path.module}/broken || { echo told to break >&2; exit 7; }" }
}
output "id" { value = terraform_data.breaks.id }
`;

const SPEC = spec(`
stacks:
  base: { module: local/keep }
  breaks: { module: local/breaks, inputs: { input: "{{outputs.base.id}}" } }
  next: { module: local/keep, inputs: { input: "{{outputs.breaks.id}}" } }
  last: { module: local/keep, inputs: { input: "{{outputs.next.id}}" } }
  beside: { module: local/keep, inputs: { input: "{{outputs.base.id}}" } }
`);

let project: Project;

beforeEach(() => {
  project = makeProject({
    "platform.yaml": SPEC,
    "modules/local/breaks/main.tf": BREAKS,
    "modules/local/breaks/broken": "",
  });
});

afterEach(() => project.remove("."));

function outcomeOf(result: Awaited<ReturnType<Project["run"]>>, address: string) {
  return result.events.findLast((event) => event.kind === "stack-finished" && event.address === address)
    ?.outcome;
}

test("what the order of stages alone holds up is told so; what reads the culprit is not", async () => {
  const staged = SPEC.replace(
    "beside: { module",
    "other: { stage: deploy, module: local/keep }\n  beside: { module",
  );
  project.write("platform.yaml", staged.replace("breaks: {", "breaks: { stage: provision,"));
  const failed = await applied(project);
  expect(outcomeOf(failed, "dev/other")).toEqual({ status: "blocked", by: "dev/breaks", isByStage: true });
  expect(outcomeOf(failed, "dev/last")).toEqual({ status: "blocked", by: "dev/breaks" });
  const shown = await project.show("apply", "dev", "--auto-approve");
  expect(shown.stdout).toMatch(/^- dev\/other +blocked by dev\/breaks, whose stage comes first/m);
});

describe("a stack that fails while it is applied", () => {
  test("shows what it made all the same, and names the resource that failed", async () => {
    const failed = await applied(project);
    expect(outcomeOf(failed, "dev/breaks")).toMatchObject({
      status: "failed",
      resource: "module.breaks.terraform_data.breaks",
      summary: { add: 1, change: 0, replace: 0, destroy: 0 },
    });
    // What had failed is tainted: it is destroyed first, and that is done.
    const again = await project.show("apply", "dev", "--auto-approve");
    expect(again.stdout).toMatch(
      /^dev\/breaks +failed +0 +0 +1 +[\d.]+ +module\.breaks\.terraform_data\.breaks: /m,
    );
    project.remove("states");
    const anew = await project.show("apply", "dev", "--auto-approve");
    expect(anew.stdout).toMatch(/^dev\/breaks +failed +1 +0 +0 /m);
    expect(anew.stdout).toContain("Resources: 3 added");
  });

  test("blocks its dependents and nothing else, and the next apply goes on from there", async () => {
    const first = await applied(project);
    expect(first.code).toBe(1);
    expect(first.statuses).toEqual({
      "dev/base": "applied",
      "dev/breaks": "failed",
      "dev/next": "blocked",
      "dev/last": "blocked",
      "dev/beside": "applied",
    });
    expect(outcomeOf(first, "dev/last")).toMatchObject({ by: "dev/breaks" });
    expect(JSON.stringify(outcomeOf(first, "dev/breaks"))).toContain("told to break");

    project.remove("modules/local/breaks/broken");
    await compiled(project);
    const plan = await project.run("plan", "dev");
    expect(plan.reasons["dev/breaks"]).toEqual(["its last apply did not end well"]);
    const second = await applied(project);
    expect(second).toMatchObject({
      code: 0,
      statuses: {
        "dev/base": "up-to-date",
        "dev/breaks": "applied",
        "dev/next": "applied",
        "dev/last": "applied",
        "dev/beside": "up-to-date",
      },
    });
    expect(outputsOf(project, "dev/next")["value"]).toBe(outputsOf(project, "dev/breaks")["id"]);
    expect(await applied(project)).toMatchObject({ code: 0, processes: 0 });
  });
});

test("a stack whose plan fails blocks its dependents; an apply does what can be done", async () => {
  project.remove("modules/local/breaks/broken");
  project.write("platform.yaml", SPEC.replace("next: { module: local/keep, inputs: {", "$& fail: true,"));
  await compiled(project);
  const plan = await project.run("plan", "dev");
  expect(plan).toMatchObject({
    code: 1,
    statuses: { "dev/base": "planned", "dev/next": "failed", "dev/last": "blocked" },
  });
  const result = await applied(project);
  expect(result).toMatchObject({
    code: 1,
    statuses: {
      "dev/base": "applied",
      "dev/breaks": "applied",
      "dev/next": "failed",
      "dev/last": "blocked",
      "dev/beside": "applied",
    },
  });
  expect(JSON.stringify(outcomeOf(result, "dev/next"))).toContain("told to fail");
});

test("a smoke test that fails blocks dependents, and is tried again by the next apply", async () => {
  const checked = `  breaks:
    module: local/breaks
    inputs: { input: "{{outputs.base.id}}" }
    checks: { there: { command: { run: [test, -e, "PLACE/there"] }, attempts: 1 } }
`;
  project.remove("modules/local/breaks/broken");
  project.write("platform.yaml", SPEC.replace(/ {2}breaks: .*\n/, checked.replace("PLACE", project.root)));
  const first = await applied(project);
  expect(first).toMatchObject({
    code: 1,
    statuses: { "dev/breaks": "failed", "dev/next": "blocked", "dev/beside": "applied" },
  });
  project.write("there", "");
  const second = await applied(project);
  expect(second).toMatchObject({
    code: 0,
    statuses: { "dev/breaks": "up-to-date", "dev/next": "applied", "dev/last": "applied" },
  });
  expect(second.events.filter((event) => event.kind === "check-finished")).toHaveLength(1);
  expect(await applied(project)).toMatchObject({ code: 0, processes: 0 });
});

test("a state that cannot be read ends the command with a sentence", async () => {
  project.remove("modules/local/breaks/broken");
  expect(await applied(project)).toMatchObject({ code: 0 });
  project.write(stateFile("dev/next"), "no state");
  const result = await applied(project);
  expect(result).toMatchObject({ code: 1 });
  expect(result.stderr + result.stdout).toContain("is no Terraform state that platc can read");
});
