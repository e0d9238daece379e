import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { build } from "esbuild";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { childEnvironment } from "../../src/terraform/child-environment.ts";
import {
  applyCommand,
  initCommand,
  outputCommand,
  planCommand,
  showPlanCommand,
} from "../../src/terraform/commands.ts";
import type { TerraformCommand } from "../../src/terraform/commands.ts";
import type { TerraformEvent } from "../../src/terraform/events.ts";
import { findTerraform } from "../../src/terraform/find-terraform.ts";
import { readLeftoverRuns } from "../../src/terraform/process-record.ts";
import { runTerraform, startTerraform, type TerraformRun } from "../../src/terraform/run-terraform.ts";

const env = childEnvironment(process.env, { cliConfig: { kind: "dropped" } }).env;
let binary: string;
let folder: string;
let logFolder: string;

beforeAll(async () => {
  const found = await findTerraform({ environment: process.env, constraint: ">= 1.10" });
  if (found.status === "missing") throw new Error(found.message);
  binary = found.path;
});

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "platc-run-"));
  logFolder = join(folder, "logs");
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function writeRoot(root: object): void {
  writeFileSync(join(folder, "main.tf.json"), JSON.stringify(root));
}

function runOf(command: TerraformCommand, more: Partial<TerraformRun> = {}): TerraformRun {
  return { binary, command, folder, env, logFolder, ...more };
}

/** `first` is made at once, `second` when the file `go` is there. */
function writeSlowRoot(): void {
  const wait = { "local-exec": { command: "echo > started; while [ ! -e go ]; do sleep 0.05; done" } };
  writeRoot({
    resource: {
      terraform_data: {
        first: { input: "made" },
        second: { depends_on: ["terraform_data.first"], provisioner: [wait] },
        third: { depends_on: ["terraform_data.second"] },
      },
    },
  });
}

async function initAndPlan(): Promise<void> {
  expect(await runTerraform(runOf(initCommand({ hasLockFile: false })))).toMatchObject({ exitCode: 0 });
  expect(await runTerraform(runOf(planCommand({ planFile: "plan" })))).toMatchObject({ exitCode: 0 });
}

async function until(condition: () => boolean, what: string): Promise<void> {
  for (let waited = 0; waited < 100_000; waited += 50) {
    if (condition()) return;
    await sleep(50);
  }
  throw new Error(`never: ${what}`);
}

function stateAddresses(): readonly string[] {
  const state = JSON.parse(readFileSync(join(folder, "terraform.tfstate"), "utf8")) as {
    readonly resources: readonly { readonly type: string; readonly name: string }[];
  };
  return state.resources.map(({ type, name }) => `${type}.${name}`).sort();
}

describe("runTerraform", () => {
  test("plans, shows and applies, with typed events as they come", async () => {
    writeRoot({
      resource: { terraform_data: { a: { input: "ü🎉" } } },
      output: { a: { value: "${terraform_data.a.output}" } },
    });
    expect((await runTerraform(runOf(initCommand({ hasLockFile: false })))).stdoutText).toContain(
      "initialized",
    );
    const plan = await runTerraform(runOf(planCommand({ planFile: "plan" })));
    expect(plan.events.map(({ kind }) => kind)).toEqual([
      "version",
      "planned_change",
      "change_summary",
      "outputs",
    ]);
    expect(plan.events[1]).toMatchObject({ resource: { address: "terraform_data.a" }, action: "create" });

    const show = await runTerraform(runOf(showPlanCommand("plan")));
    expect(JSON.parse(show.stdoutText)).toMatchObject({
      resource_changes: [{ change: { after: { input: "ü🎉" } } }],
    });
    expect(existsSync(join(logFolder, "show.stdout"))).toBe(false);

    const seen: TerraformEvent[] = [];
    const apply = await runTerraform(
      runOf(applyCommand({ planFile: "plan" }), { onEvent: (event) => seen.push(event) }),
    );
    expect(apply).toMatchObject({ exitCode: 0, signal: null, stderrText: "", wasInterrupted: false });
    expect(seen).toEqual(apply.events);
    expect(seen.find(({ kind }) => kind === "apply_complete")).toMatchObject({ identity: { key: "id" } });
    expect(seen.find(({ kind }) => kind === "outputs")).toMatchObject({ outputs: { a: { value: "ü🎉" } } });
    expect(apply.durations.firstOutput).toBeLessThanOrEqual(apply.durations.total);
    expect(JSON.parse((await runTerraform(runOf(outputCommand()))).stdoutText)).toMatchObject({
      a: { value: "ü🎉" },
    });
  });

  test("names the root by -chdir where it starts elsewhere", async () => {
    writeRoot({ output: { cwd: { value: "${path.cwd}" } } });
    await runTerraform(runOf(initCommand({ hasLockFile: false })));
    const plan = await runTerraform(runOf(planCommand({ planFile: "plan" }), { cwd: tmpdir() }));
    expect(plan.exitCode).toBe(0);
    const shown = await runTerraform(runOf(showPlanCommand("plan")));
    expect(JSON.parse(shown.stdoutText)).toMatchObject({ output_changes: { cwd: { after: tmpdir() } } });
  });

  test("a mistake is in the result: diagnostics, and what could not be started", async () => {
    writeRoot({ output: { a: { value: "${local.nope}" } } });
    const plan = await runTerraform(runOf(planCommand({ planFile: "plan" })));
    expect(plan.exitCode).toBe(1);
    expect(plan.events.at(-1)).toMatchObject({ kind: "diagnostic", diagnostic: { severity: "error" } });
    const none = await runTerraform(
      runOf(planCommand({ planFile: "plan" }), { binary: join(folder, "none") }),
    );
    expect(none).toMatchObject({ exitCode: null, startError: expect.stringContaining("ENOENT") as unknown });
  });

  test("an interruption lets the step finish, saves the state and leaves no lock", async () => {
    writeSlowRoot();
    await initAndPlan();
    const controller = new AbortController();
    const running = startTerraform(runOf(applyCommand({ planFile: "plan" }), { signal: controller.signal }));
    await until(() => existsSync(join(folder, "started")), "the provisioner starts");
    expect(existsSync(join(folder, ".terraform.tfstate.lock.info"))).toBe(true);
    controller.abort();
    running.interrupt();
    const result = await running.finished;
    expect(result).toMatchObject({ exitCode: 1, signal: null, wasInterrupted: true });
    expect(readLeftoverRuns(logFolder)).toEqual([]);
    expect(stateAddresses()).toEqual(["terraform_data.first", "terraform_data.second"]);
    expect(existsSync(join(folder, ".terraform.tfstate.lock.info"))).toBe(false);
  });

  test("kill ends it with everything that it started", async () => {
    writeSlowRoot();
    await initAndPlan();
    const running = startTerraform(runOf(applyCommand({ planFile: "plan" })));
    await until(() => existsSync(join(folder, "started")), "the provisioner starts");
    running.kill();
    expect(await running.finished).toMatchObject({
      exitCode: null,
      signal: "SIGKILL",
      wasInterrupted: false,
    });
    expect(existsSync(join(folder, ".terraform.tfstate.lock.info"))).toBe(true);
  });

  test("it survives a kill -9 of platc, finishes and saves its state", async () => {
    writeSlowRoot();
    await initAndPlan();
    const parent = await startParent(runOf(applyCommand({ planFile: "plan" })));
    await until(() => existsSync(join(folder, "started")), "the provisioner starts");
    parent.kill("SIGKILL");
    await until(() => parent.signalCode === "SIGKILL", "the parent is dead");
    expect(readLeftoverRuns(logFolder)).toMatchObject([
      { folder, isAlive: true, arguments: ["apply", "-json", "-input=false", "plan"] },
    ]);
    writeFileSync(join(folder, "go"), "");
    await until(() => readLeftoverRuns(logFolder)[0]?.isAlive === false, "terraform ends");
    expect(stateAddresses()).toEqual([
      "terraform_data.first",
      "terraform_data.second",
      "terraform_data.third",
    ]);
    expect(existsSync(join(folder, ".terraform.tfstate.lock.info"))).toBe(false);
    expect(readFileSync(join(logFolder, "apply.stdout"), "utf8")).toContain("Apply complete!");
  });
});

/** Another platc: a process of its own that only starts Terraform. Node 20 runs no TypeScript, hence the bundle. */
async function startParent(run: TerraformRun): Promise<ChildProcess> {
  const script = join(folder, "parent.mjs");
  const code = `import { startTerraform } from "./src/terraform/run-terraform.ts"; startTerraform(${JSON.stringify(run)});`;
  const stdin = { contents: code, resolveDir: process.cwd() };
  await build({ stdin, outfile: script, bundle: true, platform: "node", format: "esm", logLevel: "silent" });
  return spawn(process.execPath, [script], { stdio: "ignore" });
}
