import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openEmulator } from "../../src/targets/emulator-target.ts";
import { stopEmulator } from "../../src/targets/stop-emulator.ts";
import { compiled, type Project } from "../run/project.ts";
import { lacksForAws } from "./d2b-project.ts";
import { ec2Ids } from "./ec2-ids.ts";
import { copyOrchestration, PLANTED } from "./orchestration-project.ts";

const lacking = await lacksForAws();
const reason = lacking === undefined ? "" : ` (skipped: ${lacking})`;
const EMULATED = ["--target", "emulator"];

/** Every step goes on from the one before it: the account, the states and the emulator are the same. */
describe.skipIf(lacking !== undefined)(`orchestration on the emulator${reason}`, { timeout: 900_000 }, () => {
  let project: Project;
  let endpoint: string;

  beforeAll(async () => {
    project = copyOrchestration();
    const opened = await openEmulator({
      projectRoot: project.root,
      environment: process.env,
      tell: () => undefined,
    });
    if (opened.status !== "ok") throw new Error(`${opened.message}. ${opened.hint}`);
    ({ endpoint } = opened);
    await compiled(project);
  });

  afterAll(async () => {
    await stopEmulator(project.root);
    project.remove(".");
  });

  test("is applied from nothing, and its checks ask AWS itself", async () => {
    const { code, stdout } = await project.show("apply", "dev", "--auto-approve", ...EMULATED);
    expect(code, stdout.slice(-4000)).toBe(0);
    expect(stdout).toContain("11 applied");
    expect(stdout).toContain("\nChecks: 4 passed, 0 failed\n");
    expect(stdout).toContain("dev/access rules");
    expect(stdout).not.toContain(PLANTED);
    expect(await ec2Ids(endpoint, "DescribeInstances", "instanceId")).toHaveLength(6);
    expect(await ec2Ids(endpoint, "DescribeSecurityGroupRules", "securityGroupRuleId")).not.toHaveLength(0);
  });

  test("has nothing to do a second time, and starts no Terraform", async () => {
    const again = await project.run("apply", "dev", "--auto-approve", ...EMULATED);
    expect(again).toMatchObject({ code: 0, processes: 0 });
    expect(new Set(Object.values(again.statuses))).toEqual(new Set(["up-to-date"]));
  });

  test("its checks run again without Terraform", async () => {
    const tested = await project.run("test", "dev", ...EMULATED);
    expect(tested).toMatchObject({ code: 0, processes: 0 });
    expect(tested.events.filter(({ kind }) => kind === "check-finished")).toHaveLength(4);
  });

  test("is destroyed, but for the bucket with its states", async () => {
    const destroyed = await project.run("destroy", "dev", "--auto-approve", ...EMULATED);
    expect(destroyed.code, destroyed.stdout.slice(-4000)).toBe(0);
    const running = await ec2Ids(endpoint, "DescribeInstances", "instanceId", {
      "Filter.1.Name": "instance-state-name",
      "Filter.1.Value.1": "running",
    });
    expect(running).toEqual([]);
    expect(
      await ec2Ids(endpoint, "DescribeNatGateways", "natGatewayId", {
        "Filter.1.Name": "state",
        "Filter.1.Value.1": "available",
      }),
    ).toEqual([]);
  });
});
