import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import {
  applied,
  type CommandResult,
  compiled,
  makeProject,
  outputsOf,
  type Project,
  spec,
  stateFile,
} from "./project.ts";

/** A list and a map that are known only after apply. */
const UNKNOWN = `
variable "keys" { 
  type = list(string) 
  default = ["a", "b"] 
}
resource "terraform_data" "keys" { input = var.keys }
output "keys" { value = terraform_data.keys.output }
output "set" { value = toset([for key in var.keys : "\${key}-\${terraform_data.keys.id}"]) }
`;

const EACH = `
variable "keys" { type = list(string) }
resource "terraform_data" "each" {
  for_each = toset(var.keys)
  input    = each.key
}
output "ids" { value = [for one in terraform_data.each : one.output] }
`;

/** Reads a state that an upstream has yet to write. */
const READS = `
variable "path" { type = string }
data "terraform_remote_state" "other" {
  backend = "local"
  config  = { path = var.path }
}
resource "terraform_data" "this" { input = data.terraform_remote_state.other.outputs }
`;

const SPEC = spec(`
stacks:
  source: { module: local/unknown }
  each: { module: local/each, inputs: { keys: "{{outputs.source.keys}}" } }
  after: { module: local/keep, inputs: { input: "{{outputs.each.ids}}" } }
  beside: { module: local/keep, inputs: { input: "{{outputs.source.set}}" } }
`);

let project: Project;

afterEach(() => project.remove("."));

function make(platform: string): void {
  project = makeProject({
    "platform.yaml": platform,
    "modules/local/unknown/main.tf": UNKNOWN,
    "modules/local/each/main.tf": EACH,
    "modules/local/reads/main.tf": READS,
  });
}

function outcomeOf(result: CommandResult, address: string) {
  return result.events.findLast((event) => event.kind === "stack-finished" && event.address === address)
    ?.outcome;
}

test("for_each over an unknown is deferred, with the output to blame; dependents are planned", async () => {
  make(SPEC);
  await compiled(project);
  const plan = await project.run("plan", "dev");
  expect(plan).toMatchObject({
    code: 0,
    statuses: {
      "dev/source": "planned",
      "dev/each": "deferred",
      "dev/after": "planned",
      "dev/beside": "planned",
    },
  });
  expect(outcomeOf(plan, "dev/each")?.["reason"]).toBe(
    "'for_each' of 'module.each.terraform_data.each' depends on 'dev/source' output 'keys', which is known only after apply",
  );
  expect(existsSync(join(project.root, ".platc/t/dev/each/plan.tfplan"))).toBe(false);
});

test("of several outputs that it depends on, those are to blame that are not known", async () => {
  make(
    SPEC.replace(
      '{ keys: "{{outputs.source.keys}}" }',
      '{ keys: ["{{outputs.base.value}}", "{{outputs.base.id}}", "{{outputs.base.kept}}"] }',
    ).replace("stacks:", "stacks:\n  base: { module: local/keep, inputs: { input: known } }"),
  );
  await compiled(project);
  expect(outcomeOf(await project.run("plan", "dev"), "dev/each")?.["reason"]).toBe(
    "'for_each' of 'module.each.terraform_data.each' depends on 'dev/base' output 'id', 'dev/base' output 'kept', which are known only after apply",
  );
});

test("--auto-approve covers no deferred stack: it ends waiting, and =deferred goes through", async () => {
  make(SPEC);
  const first = await applied(project);
  expect(first).toMatchObject({
    code: 3,
    statuses: {
      "dev/source": "applied",
      "dev/each": "waiting",
      "dev/after": "blocked",
      "dev/beside": "applied",
    },
  });
  expect(first.stdout).toContain("module.each.terraform_data.each[");
  expect(existsSync(join(project.root, stateFile("dev/each")))).toBe(false);
  const second = await project.run("apply", "dev", "--auto-approve=deferred");
  expect(second).toMatchObject({ code: 0, statuses: { "dev/each": "applied", "dev/after": "applied" } });
  expect(outputsOf(project, "dev/after")["value"]).toEqual(["a", "b"]);
});

test("an approval of what waited lets the next apply go on", async () => {
  make(SPEC);
  const first = await applied(project);
  const approval = String(outcomeOf(first, "dev/each")?.["approval"]);
  expect(await project.show("approve", approval)).toMatchObject({ code: 0 });
  // The approval names one stack: what comes after it was never shown.
  expect(await project.run("apply", "dev")).toMatchObject({ code: 3 });
  expect(await project.run("apply", "dev/each")).toMatchObject({
    code: 0,
    statuses: { "dev/each": "applied" },
  });
});

test("=deferred on an empty account goes through in one go", async () => {
  make(SPEC);
  const result = await applied(project, "--auto-approve=deferred");
  expect(result.code).toBe(0);
  expect(new Set(Object.values(result.statuses))).toEqual(new Set(["applied"]));
  expect(await applied(project)).toMatchObject({ code: 0, processes: 0 });
});

test("a data source that reads what an upstream has yet to make is deferred until its turn", async () => {
  make(
    spec(`
stacks:
  source: { module: local/keep, inputs: { input: made } }
  reads: { module: local/reads, after: [source], inputs: { path: PATH } }
`),
  );
  project.write(
    "platform.yaml",
    project.read("platform.yaml").replace("PATH", join(project.root, stateFile("dev/source"))),
  );
  await compiled(project);
  const plan = await project.run("plan", "dev");
  expect(outcomeOf(plan, "dev/reads")).toMatchObject({
    status: "deferred",
    reason: "'module.reads.data.terraform_remote_state.other' reads what 'dev/source' may have yet to make",
  });
  const result = await applied(project, "--auto-approve=deferred");
  expect(result).toMatchObject({ code: 0, statuses: { "dev/reads": "applied" } });
});

test("a data source that finds nothing where no upstream is pending is an error", async () => {
  make(spec(`stacks:\n  reads: { module: local/reads, inputs: { path: /nowhere/x.tfstate } }\n`));
  await compiled(project);
  expect(await project.run("plan", "dev")).toMatchObject({ code: 1, statuses: { "dev/reads": "failed" } });
});

test("a provider that is configured by an unknown: Terraform is not started for that stack", async () => {
  make(
    spec(`
terraform:
  providers:
    fake: { source: example/fake, version: "1.0.0", config: { token: "{{outputs.source.keys}}" } }
stacks:
  source: { module: local/unknown }
  uses: { module: local/uses }
`),
  );
  project.write(
    "modules/local/uses/main.tf",
    'terraform { \n required_providers { \n fake = { source = "example/fake" } \n } \n}\nresource "terraform_data" "x" {}\n',
  );
  await compiled(project);
  const plan = await project.run("plan", "dev");
  expect(plan.events.find(({ kind }) => kind === "run-announced")).toMatchObject({ toPlan: 2, undecided: 1 });
  expect(outcomeOf(plan, "dev/uses")).toMatchObject({
    status: "deferred",
    reason:
      "the provider 'fake' is configured by 'dev/source' output 'keys', which is known only after apply",
  });
  const started = plan.events.filter((event) => event.kind === "stack-started");
  expect(started.map((event) => event.address)).not.toContain("dev/uses");
});

test("what changed behind the back between the plan and the turn of a stack stops it and asks", async () => {
  // Its upstream, at its turn, makes the state of 'victim' another one than was planned against.
  make(
    spec(`
stacks:
  changes: { module: local/changes, inputs: { round: 1 } }
  victim: { module: local/keep, after: [changes], inputs: { input: one } }
`),
  );
  project.environment["PLACE"] = project.root;
  project.write(
    "modules/local/changes/main.tf",
    `variable "round" { type = number }
resource "terraform_data" "this" {
  triggers_replace = var.round
  provisioner "local-exec" { command = "if [ -e $PLACE/swap ]; then cp $PLACE/swap $PLACE/${stateFile("dev/victim")}; fi" }
}
`,
  );
  expect(await applied(project)).toMatchObject({ code: 0 });
  const state = JSON.parse(project.read(stateFile("dev/victim"))) as {
    serial: number;
    resources: { instances: { attributes: { input: { value: string } } }[] }[];
  };
  state.serial = 40;
  state.resources[0]!.instances[0]!.attributes.input.value = "drifted";
  project.write("swap", JSON.stringify(state));
  project.write(
    "platform.yaml",
    project.read("platform.yaml").replace("round: 1", "round: 2").replace("input: one", "input: two"),
  );
  const result = await applied(project);
  expect(result).toMatchObject({ code: 3, statuses: { "dev/changes": "applied", "dev/victim": "waiting" } });
  expect(outcomeOf(result, "dev/victim")?.["reason"]).toBe("its plan is not what was approved");
  expect(JSON.parse(project.read(stateFile("dev/victim")))).toMatchObject({ serial: 40 });
});
