import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { childEnvironment } from "../../src/terraform/child-environment.ts";
import {
  applyCommand,
  forceUnlockCommand,
  initCommand,
  planCommand,
  validateCommand,
  type TerraformCommand,
} from "../../src/terraform/commands.ts";
import { runTerraform, startTerraform, type TerraformResult } from "../../src/terraform/run-terraform.ts";
import { terraformErrors } from "../../src/terraform/terraform-errors.ts";
import { TERRAFORM } from "./terraform-name.ts";

const env = childEnvironment(process.env, { cliConfig: { kind: "dropped" } }).env;
const init = initCommand({ hasLockFile: false });
const plan = planCommand({ planFile: "plan" });
const apply = applyCommand({ planFile: "plan" });
const SLOW = {
  resource: {
    terraform_data: { a: { provisioner: [{ "local-exec": { command: "touch up; exec sleep 300" } }] } },
  },
};
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "platc-errors-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function writeRoot(root: object): void {
  writeFileSync(join(folder, "main.tf.json"), JSON.stringify(root));
}

function run(command: TerraformCommand): Promise<TerraformResult> {
  return runTerraform({ binary: TERRAFORM, command, folder, env, logFolder: join(folder, "logs") });
}

async function start(command: TerraformCommand) {
  const running = startTerraform({
    binary: TERRAFORM,
    command,
    folder,
    env,
    logFolder: join(folder, "slow-logs"),
  });
  while (!existsSync(join(folder, "up"))) await sleep(50);
  return running;
}

async function kindsOf(command: TerraformCommand): Promise<readonly string[]> {
  return terraformErrors(await run(command)).map(({ kind }) => kind);
}

describe("terraformErrors, of the real Terraform", () => {
  test("a lock that is held, and what a killed run leaves and force-unlock frees", async () => {
    writeRoot(SLOW);
    await run(init);
    await run(plan);
    const running = await start(apply);
    expect(terraformErrors(await run(plan))).toMatchObject([
      {
        kind: "state-locked",
        lock: {
          operation: "apply",
          path: "terraform.tfstate",
          id: expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown,
        },
      },
    ]);
    running.kill();
    expect(terraformErrors(await running.finished)).toMatchObject([{ kind: "killed" }]);
    // A local lock is the kernel's, and is gone with its process.
    expect(terraformErrors(await run(forceUnlockCommand("0")))).toHaveLength(1);
    expect(await kindsOf(plan)).toEqual([]);
  });

  test("an interruption, without its consequences", async () => {
    writeRoot(SLOW);
    await run(init);
    await run(plan);
    const running = await start(apply);
    running.interrupt();
    const kinds = terraformErrors(await running.finished).map(({ kind }) => kind);
    expect(kinds).toEqual(["interrupted", "diagnostic"]);
  });

  test("a stale plan", async () => {
    writeRoot({ resource: { terraform_data: { a: {} } } });
    await run(init);
    await run(plan);
    await run(apply);
    expect(await kindsOf(apply)).toEqual(["stale-plan"]);
  });

  test("an upstream without a state, and a module that init has not seen", async () => {
    writeRoot({ data: { terraform_remote_state: { a: { backend: "local", config: { path: "none" } } } } });
    await run(init);
    expect(terraformErrors(await run(plan))).toMatchObject([
      {
        kind: "missing-remote-state",
        address: "data.terraform_remote_state.a",
        message: expect.stringContaining("'data.terr") as unknown,
      },
    ]);
    writeRoot({ module: { a: { source: "./none" } } });
    expect(await kindsOf(plan)).toEqual(["init-needed"]);
  });

  test("a backend that is another than before", async () => {
    writeRoot({ terraform: { backend: { local: { path: "a" } } } });
    await run(init);
    writeRoot({ terraform: { backend: { local: { path: "b" } } } });
    expect(await kindsOf(plan)).toEqual(["backend-changed"]);
    expect(await kindsOf(init)).toEqual(["backend-changed"]);
    expect(await kindsOf(initCommand({ hasLockFile: false, isReconfigured: true }))).toEqual([]);
  });

  test("mistakes of the root, from validate too, with their place", async () => {
    writeRoot({ output: { a: { value: "${local.nope}" } } });
    expect(terraformErrors(await run(validateCommand()))).toMatchObject([
      {
        kind: "diagnostic",
        message: "Reference to undeclared local value",
        diagnostic: { range: { filename: "main.tf.json" } },
      },
    ]);
    writeFileSync(join(folder, "main.tf.json"), "{");
    expect(await kindsOf(plan)).toContain("diagnostic");
  });

  test("a state that could not be saved", async () => {
    writeRoot({ output: { a: { value: "${local.nope}" } } });
    writeFileSync(join(folder, "errored.tfstate"), "{}");
    expect(await kindsOf(plan)).toEqual(["errored-state", "diagnostic"]);
  });

  test("a crash, of either", async () => {
    const binary = join(folder, "crashes");
    for (const name of ["Terraform", "OpenTofu"]) {
      const banner = `!!!!!!!!!! ${name.toUpperCase()} CRASH !!!!!!!!!!`;
      writeFileSync(binary, `#!/bin/sh\necho '${banner}' >&2\nexit 11\n`, { mode: 0o755 });
      const result = await runTerraform({
        binary,
        command: plan,
        folder,
        env,
        logFolder: join(folder, name),
      });
      expect(terraformErrors(result)).toMatchObject([{ kind: "crashed", message: `${name} crashed` }]);
    }
  });

  test("a program that fails without a word of Terraform's", async () => {
    const result = await runTerraform({
      binary: "false",
      command: plan,
      folder,
      env,
      logFolder: join(folder, "logs"),
    });
    expect(terraformErrors(result)).toMatchObject([
      { kind: "failed", message: "terraform plan ended with exit code 1" },
    ]);
    const none = await runTerraform({
      binary: "/none",
      command: plan,
      folder,
      env,
      logFolder: join(folder, "logs"),
    });
    expect(terraformErrors(none)).toMatchObject([{ kind: "not-started" }]);
    const opentofu = { flavour: "opentofu" } as const;
    expect(terraformErrors(result, opentofu)[0]?.message).toBe("tofu plan ended with exit code 1");
    expect(terraformErrors(none, opentofu)[0]?.message).toMatch(/^OpenTofu could not be started: /);
  });
});
