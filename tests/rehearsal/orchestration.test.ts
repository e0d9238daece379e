import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { copyOrchestration, PLANTED } from "../e2e/orchestration-project.ts";
import { compiled, type Project } from "../run/project.ts";
import {
  lacksTerraform,
  rehearse,
  rehearseApply,
  resourceCounts,
  statesOf,
  touched,
  worldOf,
} from "./rehearsed-project.ts";

const reason = lacksTerraform === undefined ? "" : ` (skipped: ${lacksTerraform})`;

/** How many resources each stack makes, in each environment. */
const MADE: Readonly<Record<string, number>> = {
  "main-backend": 5,
  network: 21,
  access: 28,
  alerts: 2,
  lake: 4,
  secrets: 14,
  roles: 19,
  "hosts/webservers": 4,
  "hosts/processing": 6,
  "hosts/airflow": 2,
  monitoring: 7,
};

/** Every step goes on from the one before it, in one world. */
describe.skipIf(reason !== "")(`orchestration in a rehearsal${reason}`, { timeout: 240_000 }, () => {
  let project: Project;

  beforeAll(async () => {
    project = copyOrchestration();
    await compiled(project);
  });

  afterAll(() => project.remove("."));

  const made = Object.fromEntries(
    ["dev", "prod"].flatMap((name) =>
      Object.entries(MADE).map(([address, count]) => [`${name}/${address}`, count] as const),
    ),
  );
  const each = (status: string): Readonly<Record<string, string>> =>
    Object.fromEntries(Object.keys(made).map((address) => [address, status]));

  test("all of it is applied from nothing: six hosts, five groups, 23 rules", async () => {
    const applied = await rehearseApply(project, "dev", "prod");
    expect(applied.code, applied.stdout).toBe(0);
    expect(applied.statuses).toEqual(each("applied"));
    expect(resourceCounts(project, "orchestration")).toEqual(made);
    const types = worldOf(project, "orchestration").map((name) => name.split(" ")[0]);
    const count = (type: string): number => types.filter((one) => one === type).length / 2;
    expect(count("aws_instance")).toBe(6);
    expect(count("aws_security_group")).toBe(5);
    expect(count("aws_vpc_security_group_ingress_rule") + count("aws_vpc_security_group_egress_rule")).toBe(
      23,
    );
    expect(count("aws_iam_instance_profile")).toBe(5);
  });

  test("no secret is in any state", () => {
    const states = [...statesOf(project, "orchestration").values()];
    expect(states).toHaveLength(Object.keys(made).length);
    expect(states.filter((text) => text.includes(PLANTED))).toEqual([]);
  });

  test("hosts start with the script of the spec, which is short enough and holds no secret", () => {
    const scriptOf = (address: string, name: string): string => {
      const { resources } = JSON.parse(statesOf(project, "orchestration").get(address) ?? "{}") as {
        resources: { module?: string; type: string; instances: { attributes: Record<string, string> }[] }[];
      };
      const host = resources.find(
        ({ type, module = "" }) => type === "aws_instance" && module.endsWith(name),
      );
      return host?.instances[0]?.attributes["user_data"] ?? "";
    };
    const script = (file: string) => project.read(`specs/orchestration/hosts/${file}`);
    for (const environment of ["dev", "prod"]) {
      for (const name of ["server0", "server1"])
        expect(scriptOf(`${environment}/hosts/webservers`, name)).toBe(
          `#!/bin/bash\nexport REGION='ap-northeast-2'\nexport TLS_SECRET='tripclick-${environment}/docker/${name}'\n${script("docker-with-tls.sh")}`,
        );
      expect(scriptOf(`${environment}/hosts/airflow`, "airflow")).toBe(`#!/bin/bash\n${script("docker.sh")}`);
    }
    for (const file of ["docker-with-tls.sh", "docker.sh"]) expect(script(file).length).toBeLessThan(8_000);
  });

  test("a second apply starts no Terraform, and read anew nothing has changed", async () => {
    const again = await rehearseApply(project, "dev", "prod");
    expect(again).toMatchObject({ code: 0, statuses: each("up-to-date"), processes: 0 });
    const refreshed = await rehearse(project, "plan", "dev", "--refresh");
    expect(refreshed.code, refreshed.stdout).toBe(0);
    expect(new Set(Object.values(refreshed.statuses))).toEqual(new Set(["unchanged"]));
  });

  test("a flow that is added makes its two rules, and touches nothing else", async () => {
    const path = "specs/orchestration/platform.yaml";
    const text = project.read(path);
    project.write(
      path,
      text.replace(
        "    kafka-out:",
        "    kafka-from-airflow: { from: airflow, to: kafka, port: 9092 }\n    kafka-out:",
      ),
    );
    await compiled(project);
    const changed = await rehearseApply(project, "dev");
    expect(touched(changed)).toEqual({ "dev/access": "+2 ~0 -0" });
  });

  test("destroy leaves nothing", async () => {
    const destroyed = await rehearse(project, "destroy", "dev", "prod", "--auto-approve");
    expect(destroyed.code, destroyed.stdout).toBe(0);
    expect(worldOf(project, "orchestration")).toEqual([]);
  });
});
