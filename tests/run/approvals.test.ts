import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  compiled,
  type CommandResult,
  makeProject,
  outputsOf,
  type Project,
  spec,
  stateFile,
} from "./project.ts";

const SPEC = spec(`
variables: { secret: { sensitive: true } }
stacks:
  first: { module: local/keep, inputs: { input: { a: 1 } } }
  second: { module: local/keep, inputs: { input: "{{outputs.first.id}}" } }
  hidden: { module: local/other, inputs: { text: "{{var.secret}}" } }
`);

const WITH_DEFERRED = spec(`
stacks:
  first: { module: local/keep, inputs: { input: { a: 1 } } }
  many: { module: local/many, inputs: { names: ["{{outputs.first.id}}"] } }
  more: { module: local/many, inputs: { names: ["more-{{outputs.first.id}}"] } }
`);

const OTHER = `
variable "text" { 
  type = string 
  sensitive = true 
}
resource "terraform_data" "this" { input = var.text }
`;

/** Texts made of a secret without its mark, at once and in a provider. */
const LOSES_MARKS = `
variable "text" { 
  type = string 
  sensitive = true 
}
variable "more" { type = number }
resource "terraform_data" "this" { input = var.text }
resource "terraform_data" "open" { 
  input = { (nonsensitive(var.text)) = "said \${nonsensitive(var.text)} aloud", more = var.more } 
}
output "open" { value = "it is \${nonsensitive(var.text)}" }
`;

const MANY = `
variable "names" { type = list(string) }
resource "terraform_data" "this" { for_each = toset(var.names) }
`;

let project: Project;

beforeEach(async () => {
  project = makeProject({
    "platform.yaml": SPEC,
    "modules/local/other/main.tf": OTHER,
    "modules/local/many/main.tf": MANY,
  });
  project.environment["TF_VAR_secret"] = "first-secret";
  await compiled(project);
});

afterEach(() => project.remove("."));

const apply = (...flags: readonly string[]): Promise<CommandResult> => project.run("apply", "dev", ...flags);
const approve = (...args: readonly string[]): Promise<CommandResult> => project.show("approve", ...args);

/** The ids that a run which waits has told, each once. */
function idsIn({ code, events }: CommandResult): readonly string[] {
  expect(code).toBe(3);
  const finished = events.find(({ kind }) => kind === "run-finished");
  const outcomes = Object.values(
    (finished?.["outcomes"] ?? {}) as Record<string, { readonly approval?: string }>,
  );
  return [...new Set(outcomes.flatMap(({ approval }) => approval ?? []))];
}

function notesIn({ events }: CommandResult): readonly unknown[] {
  return events.filter(({ kind }) => kind === "note").map(({ message }) => message);
}

async function applyAndApprove(): Promise<string> {
  const [id = ""] = idsIn(await apply());
  expect(await approve(id)).toMatchObject({ code: 0 });
  return id;
}

/** All approvals that lie beside the states, as one text. */
function approvalObjects(): string {
  const folder = "states/t/.platc/approvals";
  return readdirSync(join(project.root, folder))
    .filter((name) => name.endsWith(".json"))
    .map((name) => project.read(`${folder}/${name}`))
    .join("\n");
}

test("a secret that Terraform has lost the mark of is in no approval, and approves all the same", async () => {
  project.write(
    "platform.yaml",
    SPEC.replace('{ text: "{{var.secret}}" }', '{ text: "{{var.secret}}", more: 1 }'),
  );
  project.write("modules/local/other/main.tf", LOSES_MARKS);
  await compiled(project);
  await applyAndApprove();
  expect((await apply()).code).toBe(0);
  // A provider returns 'output' as it got 'input', without the mark.
  expect(project.read(stateFile("dev/hidden"))).toMatch(/"output": *\{\s*"value": *"first-secret"/);
  const first = approvalObjects();
  expect(first).toContain('"hash"');
  expect(first).not.toContain("first-secret");

  project.environment["TF_VAR_secret"] = "other-secret";
  const id = await applyAndApprove();
  const both = approvalObjects();
  expect(both.length).toBeGreaterThan(first.length);
  expect(both).not.toMatch(/first-secret|other-secret/);
  expect(await apply()).toMatchObject({ code: 0, statuses: { "dev/hidden": "applied" } });
  expect(id).not.toBe("");
});

test("an apply that nobody watches shows the plan, waits, and goes through when it was approved", async () => {
  const text = await project.show("apply", "dev");
  expect(text).toMatchObject({ code: 3, stderr: "" });
  expect(text.stdout).toContain("terraform_data.this will be created");
  expect(text.stdout).not.toContain("first-secret");
  const [, id = ""] = /platc approve ([0-9a-f]{12})$/m.exec(text.stdout) ?? [];
  const listed = await approve();
  expect(listed.stdout).toMatch(
    new RegExp(
      `^${id}  apply on cloud  dev/first, dev/hidden, dev/second  \\(shown; planned [^)]* by \\S+\\)\n$`,
    ),
  );
  expect(JSON.parse((await approve("--json")).stdout)).toMatchObject([{ reason: "gate", decision: null }]);

  const approved = await approve(id.slice(0, 6), "--note", "looks right");
  expect(approved).toMatchObject({ code: 0, stdout: "approved: dev/first, dev/hidden, dev/second\n" });
  expect((await approve()).stdout).toBe("nothing waits for an approval\n");
  const goes = await apply();
  expect(goes).toMatchObject({
    code: 0,
    statuses: { "dev/first": "applied", "dev/second": "applied", "dev/hidden": "applied" },
  });
  expect(outputsOf(project, "dev/second")["kept"]).toBe(outputsOf(project, "dev/first")["id"]);
});

test("the same plan, shown again, waits under the same id", async () => {
  const first = idsIn(await apply());
  expect(first).toHaveLength(1);
  expect(idsIn(await apply())).toEqual(first);
});

test("'approve' says who decided before, and does not decide the same again", async () => {
  const [id = ""] = idsIn(await apply());
  const addresses = "dev/first, dev/hidden, dev/second";
  expect((await approve(id)).stdout).toBe(`approved: ${addresses}\n`);
  const decided = approvalObjects();
  expect((await approve(id)).stdout).toMatch(
    new RegExp(`^approved already: ${addresses} \\(approved by .+ at 20.+ before\\)\n$`),
  );
  expect(approvalObjects()).toBe(decided);
  expect((await approve(id, "--reject")).stdout).toMatch(
    new RegExp(`^rejected: ${addresses} \\(approved by .+ at 20.+ before\\)\n$`),
  );
  expect(JSON.parse((await approve(id, "--json", "--reject")).stdout)).toMatchObject({
    outcome: "rejected",
    before: { outcome: "rejected" },
  });
});

test("an approval is good for one run", async () => {
  const id = await applyAndApprove();
  expect(await apply()).toMatchObject({ code: 0 });
  expect(await approve(id)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining(`'${id}' has been used by run `) as unknown,
  });
  project.remove(stateFile("dev/first"));
  project.remove(stateFile("dev/second"));
  expect(idsIn(await apply())).not.toEqual([id]);
});

test("a definition that has changed since is not covered", async () => {
  const id = await applyAndApprove();
  project.write("platform.yaml", SPEC.replace("a: 1", "a: 2"));
  await compiled(project);
  const again = await apply();
  expect(idsIn(again)).toEqual([expect.not.stringContaining(id)]);
  expect(notesIn(again)).toContain(
    "not as it was approved: the definition of 'dev/first' is not the approved one",
  );
  expect(again.statuses).toEqual({
    "dev/first": "waiting",
    "dev/second": "waiting",
    "dev/hidden": "waiting",
  });
});

test("a state that has changed since is not covered", async () => {
  await applyAndApprove();
  expect(await project.run("apply", "dev/first", "--auto-approve")).toMatchObject({ code: 0 });
  project.write("platform.yaml", SPEC.replace("a: 1", "a: 2"));
  await compiled(project);
  await applyAndApprove();
  const state = JSON.parse(project.read(stateFile("dev/first"))) as { serial: number };
  project.write(stateFile("dev/first"), JSON.stringify({ ...state, serial: state.serial + 1 }));
  const again = await apply();
  expect(idsIn(again)).toHaveLength(1);
  expect(notesIn(again)).toContain(
    "not as it was approved: the state of 'dev/first' has changed since it was approved",
  );
});

test("a secret that has changed since is not covered, and is not told", async () => {
  await applyAndApprove();
  project.environment["TF_VAR_secret"] = "second-secret";
  const again = await apply();
  expect(idsIn(again)).toHaveLength(1);
  expect(notesIn(again)).toEqual([expect.stringContaining("not as it was approved: 'dev/hidden': ")]);
  expect(again.stdout).not.toMatch(/(first|second)-secret/);
  project.environment["TF_VAR_secret"] = "first-secret";
  expect(await apply()).toMatchObject({ code: 0 });
});

test("an approval covers a smaller selection, and no larger one", async () => {
  const [id = ""] = idsIn(await project.run("apply", "dev/first", "dev/hidden"));
  await approve(id);
  const larger = await apply();
  expect(idsIn(larger)).toHaveLength(1);
  expect(notesIn(larger)).toEqual(["not as it was approved: 'dev/second' was not in what was approved"]);
  expect(await project.run("apply", "dev/hidden")).toMatchObject({ code: 0 });
});

test("what was rejected is not applied, until it is changed or approved after all", async () => {
  const [id = ""] = idsIn(await apply());
  expect(await approve(id, "--reject", "--note", "not on a Friday")).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^rejected: /) as unknown,
  });
  const refused = await apply();
  expect(refused).toMatchObject({ code: 1, statuses: { "dev/first": "failed" } });
  expect(notesIn(refused)).toEqual([expect.stringMatching(/ has rejected what was shown: not on a Friday$/)]);
  await approve(id);
  expect(await apply()).toMatchObject({ code: 0, statuses: { "dev/first": "applied" } });
});

test("stacks that can be planned only at their turn wait then, and go on when they were approved", async () => {
  project.write("platform.yaml", WITH_DEFERRED);
  await compiled(project);
  const first = await apply("--auto-approve");
  expect(first.statuses).toEqual({ "dev/first": "applied", "dev/many": "waiting", "dev/more": "waiting" });
  const ids = idsIn(first);
  expect(ids).toHaveLength(2);
  for (const id of ids) expect(await approve(id)).toMatchObject({ code: 0 });
  expect(await apply()).toMatchObject({
    code: 0,
    statuses: { "dev/first": "up-to-date", "dev/many": "applied", "dev/more": "applied" },
  });
});

test("a stack that cannot be planned for want of its upstream asks for no approval", async () => {
  project.write("platform.yaml", WITH_DEFERRED);
  await compiled(project);
  expect(await project.run("apply", "dev/many")).toMatchObject({
    code: 1,
    statuses: { "dev/many": "failed" },
  });
  expect((await approve()).stdout).toBe("nothing waits for an approval\n");
});

test("'--auto-approve=deferred' also covers what is planned at its turn", async () => {
  project.write("platform.yaml", WITH_DEFERRED);
  await compiled(project);
  expect(await apply("--auto-approve=deferred")).toMatchObject({
    code: 0,
    statuses: { "dev/first": "applied", "dev/many": "applied", "dev/more": "applied" },
  });
});

test("where an environment says 'approval: manual', no flag destroys what is there", async () => {
  const gated = SPEC.replace("dev: {}", "dev: { approval: manual }");
  expect((await apply("--auto-approve")).code).toBe(0);
  project.write("platform.yaml", gated);
  expect((await project.run("compile")).code).toBe(0);
  const { code, stderr } = await project.show("destroy", "dev", "--auto-approve");
  expect([code, stderr]).toEqual([
    3,
    "platc: nobody is there to approve what was shown\n  an environment of the selection says 'approval: manual': run it on a terminal\n",
  ]);
  expect(JSON.parse(project.read(stateFile("dev/first"))).resources).toHaveLength(1);
});

test("'approve' says what it does not know and what is not enough", async () => {
  expect(await approve("feed")).toMatchObject({
    code: 64,
    stderr:
      "platc: there is no approval 'feed'\n  'platc approve' lists what waits; what waits on another target is found with --target\n",
  });
  idsIn(await project.run("apply", "dev/first"));
  idsIn(await project.run("apply", "dev/hidden"));
  const several = await approve("");
  expect(several.code).toBe(64);
  expect(several.stderr).toMatch(
    /^platc: '' could be any of [0-9a-f]{12}, [0-9a-f]{12}\n {2}type more of it\n$/,
  );
});
