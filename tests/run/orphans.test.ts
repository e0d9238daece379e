import { afterEach, beforeEach, expect, test } from "vitest";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { applied, compiled, makeProject, outputsOf, type Project, spec, stateFile } from "./project.ts";

/** Notes its destruction in `$PLACE/destroyed`, with what it read and a file of the module. */
const NOTED = `
variable "input" { 
  type = any 
  default = null 
}
resource "terraform_data" "this" {
  input = { text = jsonencode(var.input), place = "\${path.module}/said.txt" }
  provisioner "local-exec" {
    when    = destroy
    command = "echo \${self.output.text} >> $PLACE/destroyed; cat \${self.output.place} >> $PLACE/destroyed"
  }
}
output "id" { value = terraform_data.this.id }
output "value" { value = var.input }
`;

const GUARDED = `
resource "terraform_data" "this" { 
  lifecycle { 
    prevent_destroy = true 
  }
}
`;

const STAYS = `  stays: { module: local/keep, inputs: { input: base } }\n`;
const GOES = `  goes: { module: local/noted, inputs: { input: "{{outputs.stays.kept}}" } }\n`;
const HANGS = `  hangs: { module: local/noted, inputs: { input: "{{outputs.goes.value}}" } }\n`;
const WHOLE = spec(`stacks:\n${STAYS}${GOES}${HANGS}`);

let project: Project;

beforeEach(async () => {
  project = makeProject({
    "platform.yaml": WHOLE,
    "modules/local/noted/main.tf": NOTED,
    "modules/local/noted/said.txt": "said\n",
    "modules/local/guarded/main.tf": GUARDED,
  });
  project.environment["PLACE"] = project.root;
});

afterEach(() => project.remove("."));

const isApplied = (address: string): boolean =>
  existsSync(join(project.root, stateFile(address))) &&
  (JSON.parse(project.read(stateFile(address))) as { resources: unknown[] }).resources.length > 0;

const destroyed = (): readonly string[] =>
  existsSync(join(project.root, "destroyed")) ? project.read("destroyed").trim().split("\n") : [];

async function orphan(...addresses: readonly string[]): Promise<void> {
  expect(await applied(project)).toMatchObject({ code: 0 });
  project.write("platform.yaml", spec(`stacks:\n${STAYS}`));
  project.remove("modules/local/noted");
  await compiled(project);
  expect((await project.run("plan", "dev")).events.at(-1)).toMatchObject({ orphans: addresses });
}

test("a stack that has left the spec is shown in every plan, and an apply leaves it alone", async () => {
  await orphan("dev/goes", "dev/hangs");
  const result = await project.run("apply", "dev", "--auto-approve");
  expect(result).toMatchObject({ code: 0, processes: 0 });
  expect(isApplied("dev/goes")).toBe(true);
  expect((await project.show("plan", "dev")).stdout).toContain("dev/goes");
});

test("an orphan whose module platc shipped is destroyed from the inventory when its copy is gone", async () => {
  const rehearse = (...flags: readonly string[]): ReturnType<Project["run"]> =>
    project.run("apply", "dev", "--target", "rehearsal", "--auto-approve", ...flags);
  const providers = `terraform: { providers: { aws: { source: hashicorp/aws, config: { region: eu-west-1 } } } }\n`;
  const shipped = `  raw: { module: aws/s3-bucket, inputs: { bucket: scratch-raw } }\n`;
  project.write("platform.yaml", spec(`${providers}stacks:\n${STAYS}${shipped}`));
  await compiled(project);
  expect(await rehearse()).toMatchObject({ statuses: { "dev/raw": "applied" } });
  project.write("platform.yaml", spec(`stacks:\n${STAYS}`));
  await compiled(project);
  expect(existsSync(join(project.root, "out/t/modules"))).toBe(false);
  project.remove(".platc/t");
  expect(await rehearse("--prune")).toMatchObject({
    code: 0,
    statuses: { "dev/raw": "destroyed", "dev/stays": "up-to-date" },
  });
  expect((await rehearse()).events.at(-1)).toMatchObject({ orphans: [] });
});

test("--prune destroys it from what the inventory keeps, dependents first", async () => {
  await orphan("dev/goes", "dev/hangs");
  const result = await project.run("apply", "dev", "--auto-approve", "--prune");
  expect(result).toMatchObject({
    code: 0,
    statuses: { "dev/stays": "up-to-date", "dev/goes": "destroyed", "dev/hangs": "destroyed" },
  });
  const order = result.events.flatMap((event) =>
    event.kind === "stack-finished" && event.outcome?.status === "destroyed" ? [event.address] : [],
  );
  expect(order).toEqual(["dev/hangs", "dev/goes"]);
  expect([isApplied("dev/goes"), isApplied("dev/hangs"), isApplied("dev/stays")]).toEqual([
    false,
    false,
    true,
  ]);
  expect(destroyed()).toEqual(["base", "said", "base", "said"]);
  expect((await project.run("plan", "dev")).events.at(-1)).toMatchObject({ orphans: [] });
});

test("--prune destroys nothing while what should have let go of it was not applied", async () => {
  expect(await applied(project)).toMatchObject({ code: 0 });
  project.write("platform.yaml", spec(`stacks:\n${STAYS.replace("base }", "other, fail: true }")}`));
  const result = await applied(project, "--prune");
  expect(result).toMatchObject({ code: 1, statuses: { "dev/stays": "failed" } });
  expect(isApplied("dev/goes")).toBe(true);
  const shown = await project.show("apply", "dev", "--auto-approve", "--prune");
  expect(shown.stdout).toContain("(not pruned: the same command destroys them once the rest is done)");
  expect(shown.stdout).toContain("`platc apply dev --prune` goes on from there");
});

const TWO = "environments: { dev: {}, prod: {} }";
const ONLY_PROD = spec("stacks: { other: { module: local/keep, environments: [prod] } }", TWO);

/** All that was applied in dev has left the spec; dev itself has not. */
async function emptied(): Promise<void> {
  expect(await applied(project)).toMatchObject({ code: 0 });
  project.write("platform.yaml", ONLY_PROD);
  project.remove("modules/local/noted");
  await compiled(project);
}

const ALL = ["dev/goes", "dev/hangs", "dev/stays"];
const ALL_DESTROYED = { "dev/goes": "destroyed", "dev/hangs": "destroyed", "dev/stays": "destroyed" };

test("an environment without stacks shows its orphans, and --prune destroys them", async () => {
  await emptied();
  const plan = await project.run("plan", "dev");
  expect(plan).toMatchObject({ code: 0, statuses: {}, processes: 0 });
  expect(plan.events.at(-1)).toMatchObject({ orphans: ALL });
  project.write(
    "platform.yaml",
    ONLY_PROD.replace("{ dev: {}, prod: {} }", "{ dev: {} }").replace(/stacks:.*/, "stacks: {}"),
  );
  expect((await project.show("state", "orphans")).stdout.match(/^dev\/\w+/gm)).toEqual(ALL);
  project.write("platform.yaml", ONLY_PROD);
  const apply = await project.run("apply", "env:dev", "--auto-approve");
  expect(apply.events.at(-1)).toMatchObject({ orphans: ALL, outcomes: {} });
  const prune = await project.run("apply", "dev", "--auto-approve", "--prune");
  expect(prune).toMatchObject({ code: 0, statuses: ALL_DESTROYED });
  expect((await project.run("plan", "dev")).events.at(-1)).toMatchObject({ orphans: [] });
});

test("destroy of an environment without stacks destroys its orphans", async () => {
  await emptied();
  const result = await project.run("destroy", "dev", "--auto-approve");
  expect(result).toMatchObject({ code: 0, statuses: ALL_DESTROYED });
  expect(result.events.at(-1)).toMatchObject({ orphans: [] });
  expect(await project.run("destroy", "dev", "--auto-approve")).toMatchObject({ code: 0, statuses: {} });
});

test("destroy leaves orphans alone, and takes them along with --prune", async () => {
  await orphan("dev/goes", "dev/hangs");
  const destroy = await project.run("destroy", "dev", "--auto-approve");
  expect(destroy.statuses).toEqual({ "dev/stays": "destroyed" });
  expect(destroy.events.at(-1)).toMatchObject({ orphans: ["dev/goes", "dev/hangs"] });
  const prune = await project.run("destroy", "dev", "--auto-approve", "--prune");
  expect(prune.statuses).toEqual({ ...ALL_DESTROYED, "dev/stays": "nothing-to-destroy" });
});

test("the error for an environment that has left the spec says how to get at what is applied there", async () => {
  project.write("platform.yaml", ONLY_PROD.replace(TWO, "environments: { prod: {} }"));
  await compiled(project);
  const { code, stderr } = await project.run("plan", "dev");
  expect(code).toBe(64);
  expect(stderr).toContain("'dev' is no environment, stack, customer, app or stage");
  expect(stderr).toContain(
    "if 'dev' is an environment that has left the spec: put 'dev' back under 'environments', and 'platc destroy dev --prune' destroys what is applied there",
  );
});

test("an environment that has left the spec is told by check, compile and the plans of those whose records lie with its own", async () => {
  expect(await applied(project)).toMatchObject({ code: 0 });
  project.write("platform.yaml", ONLY_PROD.replace(TWO, "environments: { prod: {} }"));
  const stays = "environment 'dev' is not in the spec any more, and out/ has 3 stacks of it";
  expect(await project.show("check")).toMatchObject({ code: 0, stderr: expect.stringContaining(stays) });
  expect((await project.show("compile")).stderr).toContain(stays);
  expect((await project.show("check")).stderr).toBe("");
  const { stdout } = await project.show("plan", "prod");
  expect(stdout).toContain("environment 'dev' is not in the spec any more, and 3 stacks are applied there");
  expect(stdout).toContain("'platc destroy dev --prune' destroys what is applied there");
  const apply = await project.run("apply", "prod", "--auto-approve", "--prune");
  expect(Object.keys(apply.statuses).filter((address) => address.startsWith("dev/"))).toEqual([]);
  project.write("platform.yaml", ONLY_PROD);
  await compiled(project);
  expect((await project.run("destroy", "dev", "--prune", "--auto-approve")).statuses).toEqual(ALL_DESTROYED);
});

test("where the place of states depends on the stack, an environment without stacks says so", async () => {
  project.write("platform.yaml", ONLY_PROD.replace("path: states", 'path: "states/{{stack.name}}"'));
  await compiled(project);
  expect((await project.show("plan", "dev")).stdout).toContain(
    "note: where the states of 'dev' lie depends on the stack, and it has none",
  );
});

test("an inventory entry of an older shape is named, with what does not fit and how to go on", async () => {
  expect(await applied(project)).toMatchObject({ code: 0 });
  const path = "states/t/.platc/inventory/dev/goes.json";
  const { lastOutputs: _lastOutputs, ...older } = JSON.parse(project.read(path)) as Record<string, unknown>;
  project.write(path, JSON.stringify(older));
  const { code, stderr } = await project.run("plan", "dev");
  expect(code).toBe(1);
  const object = "t/.platc/inventory/dev/goes.json";
  expect(stderr).toContain(
    `'${object}' is no inventory entry that platc can read: 'lastOutputs' should be there, and is not`,
  );
  expect(stderr).toContain(
    `delete '${join(project.root, "states", object)}', and the next run plans that stack`,
  );
  project.remove(path);
  expect((await project.run("plan", "dev")).statuses["dev/goes"]).toBe("unchanged");
});

test("prevent_destroy holds in a destroy and in a prune", async () => {
  const guarded = `  guarded: { module: local/guarded }\n`;
  project.write("platform.yaml", spec(`stacks:\n${STAYS}${guarded}`));
  expect(await applied(project)).toMatchObject({ code: 0 });
  const destroy = await project.run("destroy", "dev", "--auto-approve");
  expect(destroy).toMatchObject({ code: 1, statuses: { "dev/guarded": "failed", "dev/stays": "destroyed" } });
  expect(isApplied("dev/guarded")).toBe(true);
  project.write("platform.yaml", spec(`stacks:\n${STAYS}`));
  const prune = await applied(project, "--prune");
  expect(prune).toMatchObject({ code: 1, statuses: { "dev/guarded": "failed" } });
  expect(prune.stdout).toContain("prevent_destroy");
  expect(isApplied("dev/guarded")).toBe(true);
});

test("destroy: dependents first, and nothing is left to do afterwards", async () => {
  expect(await applied(project)).toMatchObject({ code: 0 });
  const result = await project.run("destroy", "dev", "--auto-approve");
  expect(result.code).toBe(0);
  const order = result.events.flatMap((event) => (event.kind === "stack-finished" ? [event.address] : []));
  expect(order).toEqual(["dev/hangs", "dev/goes", "dev/stays"]);
  const nothing = "nothing-to-destroy";
  expect(await project.run("destroy", "dev", "--auto-approve")).toMatchObject({
    code: 0,
    processes: 0,
    statuses: { "dev/hangs": nothing, "dev/goes": nothing, "dev/stays": nothing },
  });
  const again = await applied(project);
  expect(again).toMatchObject({ code: 0, statuses: { "dev/stays": "applied", "dev/hangs": "applied" } });
  expect(again.reasons["dev/stays"]).toEqual(["it is not applied any more"]);
});

test("destroy goes on after one that failed half-way", async () => {
  expect(await applied(project)).toMatchObject({ code: 0 });
  project.environment["PLACE"] = join(project.root, "nowhere");
  const failed = await project.run("destroy", "dev", "--auto-approve");
  expect(failed).toMatchObject({
    code: 1,
    statuses: { "dev/hangs": "failed", "dev/goes": "blocked", "dev/stays": "blocked" },
  });
  project.environment["PLACE"] = project.root;
  const plan = await project.run("plan", "dev/hangs");
  expect(plan.reasons["dev/hangs"]).toEqual(["its last apply did not end well"]);
  const second = await project.run("destroy", "dev", "--auto-approve");
  expect(second).toMatchObject({
    code: 0,
    statuses: { "dev/hangs": "destroyed", "dev/goes": "destroyed", "dev/stays": "destroyed" },
  });
});

test("destroy of what was never applied says that there was nothing to destroy, and counts it apart", async () => {
  await compiled(project);
  expect(await project.run("apply", "dev/stays", "--auto-approve")).toMatchObject({ code: 0 });
  const files = ["junit", "markdown", "html"].flatMap((kind) => [`--${kind}`, join(project.root, kind)]);
  const result = await project.show("destroy", "dev", "--auto-approve", ...files);
  expect(result.code).toBe(0);
  expect(result.stdout).toContain("3 stacks, 0 up to date, 1 to plan");
  expect(result.stdout).toContain("dev/goes  nothing to destroy: it is not applied");
  expect(result.stdout).toMatch(/Destroy finished in .*: 1 destroyed, 2 nothing to destroy/);
  expect(result.stdout).toContain("Terraform processes: 1 plan, 1 show, 1 apply");
  expect(project.read("junit")).toContain('<skipped message="nothing to destroy"/>');
  expect(project.read("junit")).toContain('name="stacks" tests="3" failures="0" errors="0" skipped="2"');
  expect(project.read("markdown")).toContain("| <code>dev/goes</code> | nothing to destroy |");
  expect(project.read("html")).toContain('<span class="badge calm">nothing to destroy</span>');
});

test("test and inventory do not say of a stack without checks that its tests passed", async () => {
  const checked = `  sure: { module: local/keep, checks: { says: { command: { run: ["true"] } } } }\n`;
  project.write("platform.yaml", spec(`stacks:\n${STAYS}${checked}`));
  expect(await applied(project)).toMatchObject({ code: 0 });
  expect(await project.run("test", "dev")).toMatchObject({
    code: 0,
    statuses: { "dev/stays": "no-checks", "dev/sure": "tested" },
  });
  const told = await project.show("test", "dev");
  expect(told.stdout).toMatch(/Test finished in (?=.*1 no checks)(?=.*1 tested)/);
  const inventory = (await project.show("state", "inventory")).stdout.trim().split("\n");
  expect(inventory.map((line) => line.split("  ").at(-1))).toEqual(["no checks", "tests passed"]);
});

test("stages are destroyed in reverse, too", async () => {
  const staged = `stages: [provision, deploy]\nstacks:\n${STAYS}  late: { module: local/keep, stage: deploy }\n`;
  project.write("platform.yaml", spec(staged));
  expect(await applied(project)).toMatchObject({ code: 0 });
  const result = await project.run("destroy", "dev", "--auto-approve");
  const order = result.events.flatMap((event) => (event.kind === "stack-finished" ? [event.address] : []));
  expect(order).toEqual(["dev/late", "dev/stays"]);
});

test("destroy after the upstream is gone goes by the outputs that were read last", async () => {
  expect(await applied(project)).toMatchObject({ code: 0 });
  const first = await project.run("destroy", "dev/stays", "--auto-approve");
  expect(first).toMatchObject({ code: 0, statuses: { "dev/stays": "destroyed" } });
  expect(first.stdout).toContain("'dev/goes' reads from 'dev/stays', and would stay");
  project.remove("states/t/dev/stays");
  const second = await project.run("destroy", "dev", "--auto-approve");
  expect(second).toMatchObject({ code: 0, statuses: { "dev/goes": "destroyed", "dev/hangs": "destroyed" } });
  expect(destroyed()).toEqual(["base", "said", "base", "said"]);
});

test("an apply of a dependent whose upstream was destroyed says what is missing", async () => {
  expect(await applied(project)).toMatchObject({ code: 0 });
  expect(await project.run("destroy", "dev/stays", "--auto-approve")).toMatchObject({ code: 0 });
  const plan = await project.run("plan", "dev/goes");
  expect(plan).toMatchObject({ code: 0, statuses: { "dev/goes": "planned" } });
  const result = await project.run("apply", "dev/goes", "--auto-approve");
  expect(result).toMatchObject({ code: 1, statuses: { "dev/goes": "failed" } });
  expect(result.stdout).toContain("it reads 'dev/stays', which is not applied");
  expect(outputsOf(project, "dev/goes")["value"]).toBe("base");
});
