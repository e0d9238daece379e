import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type BuiltPlatc, buildPlatc, lastJournal } from "./platc-process.ts";
import {
  applied,
  compiled,
  makeProject,
  outputsOf,
  type Project,
  spec,
  stateFile,
  until,
} from "./project.ts";

/** Makes `first` at once, and `second` when the file `go` is there. */
const SLOW = `
resource "terraform_data" "first" { input = "first" }
resource "terraform_data" "second" {
  depends_on = [terraform_data.first]
  provisioner "local-exec" {
    command = "touch $PLACE/started; while [ ! -e $PLACE/go ]; do sleep 0.05; done"
  }
}
output "id" { value = terraform_data.second.id }
output "first" { value = terraform_data.first.id }
`;

const SPEC = spec(`
stacks:
  slow: { module: local/slow }
  after: { module: local/keep, inputs: { input: "{{outputs.slow.id}}" } }
  beside: { module: local/keep }
`);

const LOCK = `${stateFile("dev/slow").replace("terraform.tfstate", "")}.terraform.tfstate.lock.info`;

let platc: BuiltPlatc;
let project: Project;

beforeAll(async () => {
  platc = await buildPlatc();
});

afterAll(() => platc.remove());

beforeEach(async () => {
  project = makeProject({ "platform.yaml": SPEC, "modules/local/slow/main.tf": SLOW });
  project.environment["PLACE"] = project.root;
  await compiled(project);
});

afterEach(() => project.remove("."));

/** The id of `first`, as the log of the newest apply tells it. */
function madeFirst(): string {
  const runs = join(project.root, ".platc/runs");
  const log = readdirSync(runs, { recursive: true, encoding: "utf8" })
    .filter((path) => /\/dev\/slow\/apply-\d+\.stdout$/.test(path))
    .sort()
    .at(-1);
  const [, id] = /"id_value":"([0-9a-f-]{36})"/.exec(readFileSync(join(runs, log ?? ""), "utf8")) ?? [];
  if (id === undefined) throw new Error("the log tells of no id");
  return id;
}

/** Of `beside`, which is applied at the same time, there is a lock as well. */
async function startSlowApply() {
  const running = platc.start(project, "apply", "dev", "--auto-approve");
  const isSeen = (): boolean =>
    existsSync(join(project.root, "started")) &&
    lastJournal(project).some((event) => event.kind === "lock-seen" && event.process.startsWith("dev/slow:"));
  await until(isSeen, "the slow stack is being applied");
  return running;
}

function terraformPid(): number {
  const started = lastJournal(project).filter((event) => event.kind === "process-started");
  const slow = started.find((event) => event.process.startsWith("dev/slow:"));
  if (!slow) throw new Error("the journal names no Terraform");
  return slow.identity.pid;
}

function letGo(): void {
  project.write("go", "");
}

function isAlive(pid: number): boolean {
  return existsSync(`/proc/${pid}`);
}

function notesOf(result: { readonly events: readonly { readonly kind: string }[] }): string {
  return result.events
    .flatMap((event) => (event.kind === "note" ? [(event as unknown as { message: string }).message] : []))
    .join("\n");
}

/** Terraform's own provisioner goes with it: nothing here may outlive a test. What is killed takes its time to end. */
async function killGroup(pid: number): Promise<void> {
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // It has ended.
  }
  await until(() => !isAlive(pid), "Terraform is dead");
}

const ALL_DONE = { "dev/slow": "applied", "dev/after": "applied" };

test("Ctrl-C: what runs ends its step, no lock stays, exit 130, and the next apply goes on", async () => {
  const { child, ended } = await startSlowApply();
  child.kill("SIGINT");
  const end = await ended;
  expect(end).toMatchObject({
    code: 130,
    statuses: { "dev/slow": "interrupted", "dev/after": "blocked" },
  });
  const outcomeOf = (address: string) =>
    end.events.findLast((event) => event.kind === "stack-finished" && event.address === address)?.outcome;
  expect(outcomeOf("dev/slow")).toMatchObject({ status: "interrupted", summary: { add: 1 } });
  expect(lastJournal(project).at(-1)).toMatchObject({ kind: "run-ended", outcome: "interrupted" });
  expect(existsSync(join(project.root, LOCK))).toBe(false);
  expect(project.read(stateFile("dev/slow"))).toContain('"first"');
  letGo();
  expect(await applied(project)).toMatchObject({ code: 0, statuses: ALL_DONE });
});

describe("kill -9 of platc", () => {
  test("Terraform goes on; meanwhile others keep away, and afterwards the next run takes over", async () => {
    const { child, ended } = await startSlowApply();
    const pid = terraformPid();
    const second = await project.run("plan", "dev");
    expect(second.code).toBe(1);
    expect(second.stderr).toContain("another platc is at work here: apply of 't', process");

    child.kill("SIGKILL");
    await ended;
    expect(isAlive(pid)).toBe(true);
    const refused = await project.run("apply", "dev", "--auto-approve");
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain("Terraform still works on 'dev/slow' (apply, process");
    expect(await project.run("plan", "dev/beside")).toMatchObject({ code: 0 });

    letGo();
    await until(() => !isAlive(pid), "Terraform has ended");
    const made = outputsOf(project, "dev/slow");
    const next = await project.run("apply", "dev", "--auto-approve");
    expect(next).toMatchObject({ code: 0, statuses: { "dev/slow": "unchanged", "dev/after": "applied" } });
    expect(notesOf(next)).toContain("was ended by force; what it left is in order now");
    expect(outputsOf(project, "dev/slow")).toEqual(made);
    const last = await project.run("apply", "dev", "--auto-approve");
    expect(last).toMatchObject({ code: 0, processes: 0 });
    expect(notesOf(last)).toBe("");
  });
});

describe("kill -9 of Terraform", () => {
  test("with its platc: the next run frees the lock, imports what was made, names what had begun", async () => {
    const { child, ended } = await startSlowApply();
    const pid = terraformPid();
    child.kill("SIGKILL");
    await killGroup(pid);
    await ended;
    expect(existsSync(join(project.root, LOCK))).toBe(true);
    const id = madeFirst();
    // Of a remote state, and of a local one by OpenTofu, only the end is saved.
    project.remove(stateFile("dev/slow"));

    const plan = await project.run("plan", "dev");
    expect(plan.code).toBe(0);
    expect(notesOf(plan)).toContain("freed the lock of 'dev/slow'");
    expect(notesOf(plan)).toContain(
      `'module.slow.terraform_data.first' (${id}) of 'dev/slow' was made by an apply`,
    );
    expect(notesOf(plan)).toContain(
      "the making of 'module.slow.terraform_data.second' of 'dev/slow' had begun",
    );
    expect(existsSync(join(project.root, LOCK))).toBe(false);
    const planned = plan.events.find(
      (event) => event.kind === "stack-planned" && event.address === "dev/slow",
    );
    expect(planned).toMatchObject({ summary: { import: 1, add: 1 } });

    letGo();
    expect(await project.run("apply", "dev", "--auto-approve")).toMatchObject({
      code: 0,
      statuses: ALL_DONE,
    });
    expect(outputsOf(project, "dev/slow")["first"]).toBe(id);
    expect(await project.run("apply", "dev", "--auto-approve")).toMatchObject({ processes: 0 });
  });

  test("alone: its stack fails, its lock is freed at once, and the next apply goes on", async () => {
    const { ended } = await startSlowApply();
    await killGroup(terraformPid());
    const end = await ended;
    expect(end).toMatchObject({
      code: 1,
      statuses: { "dev/slow": "failed", "dev/after": "blocked", "dev/beside": "applied" },
    });
    expect(notesOf(end)).toContain("freed the lock of 'dev/slow'");
    expect(existsSync(join(project.root, LOCK))).toBe(false);
    letGo();
    expect(await applied(project)).toMatchObject({ code: 0, statuses: ALL_DONE });
  });

  test("an import that Terraform refuses is named, and the plan goes on without it", async () => {
    project.write(
      ".platc/imports/t/dev/beside.json",
      '[{"resource":"module.nowhere.terraform_data.x","id":"7"}]',
    );
    const plan = await project.run("plan", "dev/beside");
    expect(plan).toMatchObject({ code: 0, statuses: { "dev/beside": "planned" } });
    expect(notesOf(plan)).toContain(
      "'module.nowhere.terraform_data.x' (7) of 'dev/beside' could not be imported",
    );
  });
});
