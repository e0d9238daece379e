import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compiled, type Project } from "../run/project.ts";
import {
  copyPlatform,
  lacksTerraform,
  rehearse,
  rehearseApply,
  reportOf,
  resourceCounts,
  touched,
  worldOf,
} from "./rehearsed-project.ts";

const reason = lacksTerraform === undefined ? "" : ` (skipped: ${lacksTerraform})`;
const SPEC = "specs/dataops-lab/platform.yaml";

const COUNTS = { "main-backend": 5, bastion: 9, database: 5, landing: 6, alerts: 2, monitoring: 3 };

/** How many resources each stack makes. A rehearsal knows no network but its own: a stack stands in for who made prod's. */
const MADE: Readonly<Record<string, number>> = {
  ...Object.fromEntries(
    ["dev", "prod"].flatMap((environment) =>
      Object.entries(COUNTS).map(([stack, count]) => [`${environment}/${stack}`, count]),
    ),
  ),
  "dev/given": 14,
  "prod/others": 4,
};
const ADDRESSES = [...Object.keys(MADE), "dev/network", "prod/network"];

const OTHERS = `
  others:
    environments: [prod]
    resources:
      aws_vpc: { lab: { cidr_block: 10.0.0.0/16, tags: { Name: "{{vars.network}}" } } }
    extra:
      resource:
        aws_subnet:
          public: { vpc_id: "\${aws_vpc.lab.id}", cidr_block: 10.0.1.0/24, availability_zone: us-east-1a, tags: { Name: "lab-prod-public-a" } }
          private_a: { vpc_id: "\${aws_vpc.lab.id}", cidr_block: 10.0.2.0/24, availability_zone: us-east-1a, tags: { Name: "lab-prod-private-a" } }
          private_b: { vpc_id: "\${aws_vpc.lab.id}", cidr_block: 10.0.3.0/24, availability_zone: us-east-1b, tags: { Name: "lab-prod-private-b" } }
`;

function copyLab(): Project {
  const project = copyPlatform("dataops-lab", ["modules/aws"]);
  const text = project.read(SPEC);
  const layered = text.replace(
    "      database: { inputs: { multi_az",
    "      network: { after: [others] }\n$&",
  );
  expect(layered).not.toBe(text);
  project.write(SPEC, `${layered}${OTHERS}`);
  return project;
}

/** Every step goes on from the one before it, in one world. */
describe.skipIf(reason !== "")(`the DataOps lab in a rehearsal${reason}`, { timeout: 240_000 }, () => {
  let project: Project;
  const each = (status: string): Readonly<Record<string, string>> =>
    Object.fromEntries(ADDRESSES.map((address) => [address, status]));

  beforeAll(async () => {
    project = copyLab();
    await compiled(project);
  });
  afterAll(() => project.remove("."));

  test("all of it is applied: prod on a network that is there, which is only read, dev on its own", async () => {
    expect(await rehearseApply(project, "others")).toMatchObject({ code: 0 });
    const applied = await rehearseApply(project, "dev", "prod");
    expect(applied.code, applied.stdout).toBe(0);
    expect(applied.statuses).toEqual({
      ...each("applied"),
      "prod/others": "up-to-date",
    });
    expect(resourceCounts(project, "dataops-lab")).toEqual(MADE);
    expect(worldOf(project, "dataops-lab").filter((one) => one.startsWith("aws_db_instance "))).toHaveLength(
      2,
    );
    expect(reportOf(applied).unchecked.find(({ what }) => what.startsWith("smoke tests"))?.count).toBe(14);
  });

  test("a second apply starts no Terraform", async () => {
    const again = await rehearseApply(project, "dev", "prod");
    expect(again).toMatchObject({ code: 0, statuses: each("up-to-date"), processes: 0 });
  });

  test("read anew, nothing has changed", async () => {
    const refreshed = await rehearse(project, "plan", "dev", "prod", "--refresh");
    expect(refreshed.code, refreshed.stdout).toBe(0);
    expect(refreshed.statuses).toEqual(each("unchanged"));
  });

  test("another office touches the bastion alone", async () => {
    project.write(SPEC, project.read(SPEC).replace("203.0.113.0/24", "198.51.100.0/24"));
    await compiled(project);
    const changed = await rehearseApply(project, "dev", "prod");
    expect(changed.code, changed.stdout).toBe(0);
    expect(touched(changed)).toEqual({ "dev/bastion": "+0 ~1 -0", "prod/bastion": "+0 ~1 -0" });
  });

  test("destroy leaves nothing", async () => {
    const destroyed = await rehearse(project, "destroy", "dev", "prod", "--auto-approve");
    expect(destroyed.code, destroyed.stdout).toBe(0);
    expect(worldOf(project, "dataops-lab")).toEqual([]);
  });
});
