import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { RunEvent } from "../../src/ledger/run-event.ts";
import { whoAmI } from "../../src/run/who-am-i.ts";
import { identifyProcess } from "../../src/stores/process-identity.ts";
import { type BuiltPlatc, buildPlatc, lastJournal } from "./platc-process.ts";
import { compiled, makeProject, type Project, spec, until } from "./project.ts";

/** Made when the file that `letGo` writes is there. */
const SLOW = `
variable "marks" { type = string }
resource "terraform_data" "this" { 
  provisioner "local-exec" {
    command = "echo made >> '\${var.marks}'; while [ ! -e '\${var.marks}.go' ]; do sleep 0.05; done"
  }
}
output "id" { value = terraform_data.this.id }
`;

let platc: BuiltPlatc;
let shared: string;
let marks: string;
const projects: Project[] = [];

/** A checkout of one platform, whose states lie in a folder that all checkouts share. */
async function checkout(): Promise<Project> {
  const body = `stacks: { slow: { module: local/slow, inputs: { marks: "${marks}" } } }`;
  const project = makeProject({
    "platform.yaml": spec(body).replace("path: states", `path: "${shared}/states"`),
    "modules/local/slow/main.tf": SLOW,
  });
  projects.push(project);
  await compiled(project);
  return project;
}

const apply = (project: Project) => project.run("apply", "dev", "--auto-approve");
const isMaking = () => until(() => existsSync(marks), "the first apply began");
const letGo = () => writeFileSync(`${marks}.go`, "");
const timesMade = () => readFileSync(marks, "utf8").trim().split("\n").length;

const isApply = (event: RunEvent) => event.kind === "process-starting" && event.operation === "apply";

beforeAll(async () => {
  platc = await buildPlatc();
});
afterAll(() => platc.remove());
beforeEach(() => {
  shared = mkdtempSync(join(tmpdir(), "platc-shared-"));
  marks = join(shared, "marks");
});
afterEach(() => {
  for (const project of projects.splice(0)) project.remove(".");
  rmSync(shared, { recursive: true });
});

test("in one project the second one says whose run it is that has the stack, and the first goes on", async () => {
  const project = await checkout();
  const first = apply(project);
  await isMaking();
  const second = await apply(project);
  expect(second).toMatchObject({ code: 1, statuses: {}, processes: 0 });
  expect(second.stderr).toMatch(
    new RegExp(`^platc: another platc is at work here: apply of 't', process ${process.pid}, since 20`),
  );
  letGo();
  expect(await first).toMatchObject({ code: 0, statuses: { "dev/slow": "applied" } });
  expect(await apply(project)).toMatchObject({ code: 0, statuses: { "dev/slow": "up-to-date" } });
  expect(timesMade()).toBe(1);
});

test("in two checkouts the second one is told of the other run, and nothing is made twice or lost", async () => {
  const [one, other] = [await checkout(), await checkout()];
  const first = apply(one);
  await isMaking();
  const running = apply(other);
  await until(() => lastJournal(other).some(isApply), "the second has planned, and waits for the lock");
  letGo();
  const second = await running;
  expect(second).toMatchObject({ code: 1, statuses: { "dev/slow": "failed" } });
  const who = `${whoAmI()} (?:has applied it at|has begun to work on it at) 20[-0-9T:.]+Z?`;
  expect(second.stdout).toMatch(new RegExp(`The state has changed since the plan was made: ${who}`));
  expect(await first).toMatchObject({ code: 0, statuses: { "dev/slow": "applied" } });
  for (const project of [one, other])
    expect(await apply(project)).toMatchObject({ code: 0, statuses: { "dev/slow": "up-to-date" } });
  expect(timesMade()).toBe(1);
});

test("a run that was killed before it could write down its end is named by its beginning", async () => {
  const [one, other] = [await checkout(), await checkout()];
  const first = platc.start(one, "apply", "dev", "--auto-approve");
  await isMaking();
  const running = apply(other);
  await until(() => lastJournal(other).some(isApply), "the second has planned, and waits for the lock");
  first.child.kill("SIGKILL");
  await first.ended;
  letGo();
  expect((await running).stdout).toMatch(
    new RegExp(
      `The state has changed since the plan was made: ${whoAmI()} has begun to work on it at 20\\S+, and has not ended`,
    ),
  );
  expect(timesMade()).toBe(1);
});

const NOTE = `
import { appendFileSync, existsSync } from "node:fs";
appendFileSync(process.env.MARKS, "made\\n");
while (!existsSync(process.env.MARKS + ".go")) await new Promise((done) => setTimeout(done, 20));
`;

async function checkoutWithStep(): Promise<Project> {
  const step = `command: { run: [node, "{{path 'note.mjs'}}"], env: { MARKS: "${marks}" } }`;
  const project = makeProject({
    "platform.yaml": spec(
      `stacks: { slow: { module: local/keep, steps: { once: { timeout: 120, ${step} } } } }`,
    ).replace("path: states", `path: "${shared}/states"`),
    "note.mjs": NOTE,
  });
  projects.push(project);
  await compiled(project);
  return project;
}

const stepsFile = () => join(shared, "states/t/.platc/steps/dev/slow.json");

test("a program that one run is at is not begun by another, which says whose it is", async () => {
  const [one, other] = [await checkoutWithStep(), await checkoutWithStep()];
  const first = apply(one);
  await isMaking();
  const plan = await other.run("plan", "dev", "--why");
  expect(plan.reasons["dev/slow"]).toEqual([`another run is at its step 'once' (${whoAmI()})`]);
  const second = await other.show("apply", "dev", "--auto-approve");
  expect(second.code).toBe(1);
  expect(second.stdout).toMatch(
    new RegExp(`another run is at its step 'once': ${whoAmI()} since 20\\S+ \\(run \\S+\\)`),
  );
  expect(second.stdout).toContain("run it again when that run has ended");
  letGo();
  expect(await first).toMatchObject({ code: 0, statuses: { "dev/slow": "applied" } });
  expect(await apply(other)).toMatchObject({ code: 0, processes: 0, statuses: { "dev/slow": "up-to-date" } });
  expect(timesMade()).toBe(1);
});

test("a program of a machine that is gone is free when its time is over, and not before", async () => {
  const project = await checkoutWithStep();
  letGo();
  expect(await apply(project)).toMatchObject({ code: 0 });
  const leave = (holder: object): void => {
    const entry = JSON.parse(readFileSync(stepsFile(), "utf8")) as { steps: { once: object } };
    Object.assign(entry.steps.once, { outcome: "begun", runId: "another", holder });
    writeFileSync(stepsFile(), JSON.stringify(entry));
  };
  const elsewhere = { pid: 1, host: "another machine", born: null };
  leave({ by: "ada@elsewhere", process: elsewhere, until: new Date(Date.now() + 3_600_000).toISOString() });
  expect(await apply(project)).toMatchObject({ code: 1, statuses: { "dev/slow": "failed" } });
  expect(timesMade()).toBe(1);
  leave({ by: "ada@elsewhere", process: elsewhere, until: new Date(Date.now() - 1_000).toISOString() });
  expect(await apply(project)).toMatchObject({ code: 0, statuses: { "dev/slow": "applied" } });
  expect(timesMade()).toBe(2);
  // Of this machine it is known that the process is dead.
  const dead = { ...identifyProcess(), pid: 2 ** 22 + 1 };
  leave({ by: whoAmI(), process: dead, until: new Date(Date.now() + 3_600_000).toISOString() });
  expect(await apply(project)).toMatchObject({ code: 0, statuses: { "dev/slow": "applied" } });
  expect(timesMade()).toBe(3);
});
