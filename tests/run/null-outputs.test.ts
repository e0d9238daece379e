import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { applied, compiled, makeProject, outputsOf, type Project, spec } from "./project.ts";
import { TERRAFORM } from "../terraform/terraform-name.ts";

/** A module of outputs alone: what is null among them is in no state. */
const TELLS = `
variable "note" { 
  type = any 
  default = null 
}
output "note" { value = var.note }
output "never" { value = null }
`;

/** Keeps what it reads, in an object: a null is told from what is missing. */
const SPEC = (note: string, more = ""): string =>
  spec(`stacks:
  up: { module: local/tells, inputs: { note: ${note} } }
  down:
    module: local/keep
    inputs: { input: { note: "{{outputs.up.note}}", never: "{{outputs.up.never}}"${more} } }
`);

let project: Project;

beforeEach(() => {
  project = makeProject({ "platform.yaml": SPEC("null"), "modules/local/tells/main.tf": TELLS });
});

afterEach(() => project.remove("."));

test("a null output is null for dependents, then nothing runs, then its value arrives", async () => {
  const first = await applied(project);
  expect(first).toMatchObject({ code: 0, statuses: { "dev/up": "applied", "dev/down": "applied" } });
  expect(outputsOf(project, "dev/up")).toEqual({});
  expect(outputsOf(project, "dev/down")["kept"]).toEqual({ note: null, never: null });

  expect(await applied(project)).toMatchObject({
    code: 0,
    processes: 0,
    statuses: { "dev/up": "up-to-date", "dev/down": "up-to-date" },
  });

  project.write("platform.yaml", SPEC("x"));
  expect(await applied(project)).toMatchObject({
    code: 0,
    statuses: { "dev/up": "applied", "dev/down": "applied" },
    reasons: { "dev/down": ["'dev/up' output 'note', which it reads, changed"] },
  });
  expect(outputsOf(project, "dev/down")["kept"]).toEqual({ note: "x", never: null });

  project.write("platform.yaml", SPEC("null"));
  expect(await applied(project)).toMatchObject({ code: 0, statuses: { "dev/down": "applied" } });
  expect(outputsOf(project, "dev/down")["kept"]).toEqual({ note: null, never: null });
  expect(await project.run("destroy", "dev", "--auto-approve")).toMatchObject({ code: 0 });
});

test("plain Terraform reads the null too, and refuses an upstream that was never applied", async () => {
  await compiled(project);
  const down = join(project.root, "out/t/dev/down");
  expect(() => plainly(down, "plan")).toThrow("Unable to find remote state");
  plainly(join(project.root, "out/t/dev/up"), "apply", "-auto-approve");
  plainly(down, "apply", "-auto-approve");
  expect(outputsOf(project, "dev/down")["kept"]).toEqual({ note: null, never: null });
});

test("the empty state of a destroyed upstream is no null, whoever destroyed it", async () => {
  project.write("platform.yaml", SPEC("x"));
  expect(await applied(project)).toMatchObject({ code: 0 });
  plainly(join(project.root, "out/t/dev/up"), "destroy", "-auto-approve");
  await isRefused();
  expect(await applied(project)).toMatchObject({ code: 0, statuses: { "dev/up": "applied" } });
  expect(await project.run("destroy", "dev/up", "--auto-approve")).toMatchObject({ code: 0 });
  await isRefused();
  expect(outputsOf(project, "dev/down")["kept"]).toEqual({ note: "x", never: null });
});

test("an output that an upstream does not have yet is no null", async () => {
  expect(await applied(project)).toMatchObject({ code: 0 });
  project.write("modules/local/tells/main.tf", `${TELLS}output "later" { value = "new" }\n`);
  project.write("platform.yaml", SPEC("null", `, later: "{{outputs.up.later}}"`));
  await compiled(project);
  await isRefused();
  expect(await applied(project)).toMatchObject({ code: 0 });
  expect(outputsOf(project, "dev/down")["kept"]).toEqual({ note: null, never: null, later: "new" });
});

/** The dependent alone is planned with what is unknown, and not applied. */
async function isRefused(): Promise<void> {
  expect(await project.run("plan", "dev/down")).toMatchObject({
    code: 0,
    statuses: { "dev/down": "planned" },
  });
  const shown = await project.show("plan", "dev/down");
  const refused =
    "an apply refuses it: 'dev/up', which it reads, is not applied as now defined, and not selected";
  expect(shown.stdout).toContain(`! dev/down  ${refused}`);
  expect(shown.stdout).toContain("next: `platc apply dev/down --select ...dev/down` carries this out");
  const whole = await project.show("plan", "...dev/down");
  expect(whole.stdout).not.toContain("refuses it");
  const result = await project.run("apply", "dev/down", "--auto-approve");
  expect(result).toMatchObject({ code: 1, statuses: { "dev/down": "failed" } });
  expect(result.stdout).toContain("it reads 'dev/up', which is not applied as it is now defined");
}

function plainly(folder: string, ...args: readonly string[]): void {
  const { TF_CLI_CONFIG_FILE: _dangling, ...env } = process.env;
  const run = (...words: readonly string[]): void =>
    void execFileSync(TERRAFORM, [...words, "-input=false", "-no-color"], {
      cwd: folder,
      env,
      stdio: "pipe",
    });
  run("init");
  run(...args);
}
