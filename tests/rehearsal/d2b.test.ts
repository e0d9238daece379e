import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { copyD2b } from "../e2e/d2b-project.ts";
import { compiled, type Project } from "../run/project.ts";
import {
  comparable,
  lacksTerraform,
  rehearse,
  rehearseApply,
  reportOf,
  resourceCounts,
  statesOf,
  touched,
  worldOf,
} from "./rehearsed-project.ts";

const reason = lacksTerraform === undefined ? "" : ` (skipped: ${lacksTerraform})`;
const EVERYTHING = ["global", "dev", "staging", "prod"] as const;
const SPEC = "specs/d2b/platform.yaml";
const ENVIRONMENTS = ["dev", "prod", "staging"] as const;

/** How many resources each stack makes. */
const MADE: Readonly<Record<string, number>> = {
  "dev/access": 2,
  "dev/main-backend": 5,
  "dev/storage/s3": 14,
  "dev/workflow/glue": 8,
  "dev/workflow/lambda": 11,
  "global/deployment": 9,
  "global/main-backend": 5,
  "prod/access": 2,
  "prod/main-backend": 5,
  "prod/storage/s3": 16,
  "prod/workflow/glue": 8,
  "prod/workflow/lambda": 11,
  "staging/access": 2,
  "staging/main-backend": 5,
  "staging/storage/s3": 14,
  "staging/workflow/glue": 8,
  "staging/workflow/lambda": 11,
};

/** Every step goes on from the one before it, in one world. */
describe.skipIf(reason !== "")(`D2b in a rehearsal${reason}`, { timeout: 240_000 }, () => {
  let project: Project;

  beforeAll(async () => {
    project = copyD2b();
    await compiled(project);
  });

  afterAll(() => project.remove("."));

  const each = (status: string): Readonly<Record<string, string>> =>
    Object.fromEntries(Object.keys(MADE).map((address) => [address, status]));

  const edit = async (from: string, to: string): Promise<void> => {
    const text = project.read(SPEC);
    expect(text).toContain(from);
    project.write(SPEC, text.replaceAll(from, to));
    await compiled(project);
  };

  test("all of it is planned on nothing", async () => {
    const planned = await rehearse(project, "plan", ...EVERYTHING);
    expect(planned.code, planned.stdout).toBe(0);
    expect(planned.statuses).toEqual(each("planned"));
    expect(touched(planned)).toEqual(
      Object.fromEntries(Object.entries(MADE).map(([address, count]) => [address, `+${count} ~0 -0`])),
    );
    expect(worldOf(project, "d2b")).toEqual([]);
  });

  test("all of it is applied, across the gates between environments", async () => {
    const applied = await rehearseApply(project, ...EVERYTHING);
    expect(applied.code, applied.stdout).toBe(0);
    expect(applied.statuses).toEqual(each("applied"));
    expect(resourceCounts(project, "d2b")).toEqual(MADE);
    expect(worldOf(project, "d2b")).toContain("aws_s3_bucket d2b-prod-raw");
    expect(worldOf(project, "d2b")).toHaveLength(Object.values(MADE).reduce((sum, count) => sum + count));
  });

  test("a run tells what it rested on and what it did not check", async () => {
    const { schemas, unchecked } = reportOf(await rehearseApply(project, "dev"));
    expect(schemas).toEqual([
      {
        source: "hashicorp/aws",
        version: "5.100.0",
        origin: expect.stringMatching(/./),
        digest: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    ]);
    expect(unchecked.find(({ what }) => what.startsWith("smoke tests"))?.count).toBe(7);
  });

  test("a second apply starts no Terraform", async () => {
    const again = await rehearseApply(project, ...EVERYTHING);
    expect(again).toMatchObject({ code: 0, statuses: each("up-to-date"), processes: 0 });
  });

  test("read anew, nothing has changed in any stack", async () => {
    const refreshed = await rehearse(project, "plan", ...EVERYTHING, "--refresh");
    expect(refreshed.code, refreshed.stdout).toBe(0);
    expect(refreshed.statuses).toEqual(each("unchanged"));
  });

  test("a second world from nothing has the same states", async () => {
    const other = copyD2b();
    try {
      await compiled(other);
      expect(await rehearseApply(other, "dev")).toMatchObject({ code: 0 });
      const [here, there] = [statesOf(project, "d2b"), statesOf(other, "d2b")];
      for (const address of Object.keys(resourceCounts(other, "d2b")))
        expect(comparable(there.get(address) ?? "")).toBe(comparable(here.get(address) ?? "another"));
      expect(worldOf(other, "d2b")).toEqual(
        worldOf(project, "d2b").filter((name) => /d2b[-_]dev/.test(name)),
      );
    } finally {
      other.remove(".");
    }
  });

  test("versions for a bucket touch its stack alone", async () => {
    await edit(
      "processed: { inputs: { versioning: true } } } }",
      "processed: { inputs: { versioning: false } } } }",
    );
    const changed = await rehearseApply(project, ...EVERYTHING, "--why");
    expect(changed.code, changed.stdout).toBe(0);
    expect(touched(changed)).toEqual({ "prod/storage/s3": "+0 ~0 -1" });
    expect(changed.statuses).toEqual({ ...each("up-to-date"), "prod/storage/s3": "applied" });
    expect(resourceCounts(project, "d2b")["prod/storage/s3"]).toBe(15);
  });

  test("an output that others read runs them, and no more", async () => {
    const before = statesOf(project, "d2b").get("dev/main-backend");
    await edit(
      '"{{vars.prefix}}-{{environment.name}}-glue-ingestion"',
      '"{{vars.prefix}}-{{environment.name}}-glue-in"',
    );
    const changed = await rehearseApply(project, "dev");
    expect(changed.code, changed.stdout).toBe(0);
    expect(changed.statuses).toEqual({
      "dev/main-backend": "up-to-date",
      "dev/storage/s3": "up-to-date",
      "dev/access": "applied",
      "dev/workflow/lambda": "up-to-date",
      "dev/workflow/glue": "applied",
    });
    expect(worldOf(project, "d2b")).toContain("aws_iam_role d2b-dev-glue-in");
    expect(worldOf(project, "d2b")).not.toContain("aws_iam_role d2b-dev-glue-ingestion");
    expect(statesOf(project, "d2b").get("dev/main-backend")).toBe(before);
  });

  test("a customer comes, and goes when it has left the spec", async () => {
    const without = project.read(SPEC);
    project.write(SPEC, withCustomer(without));
    await compiled(project);
    const come = await rehearseApply(project, "dev");
    expect(come.code, come.stdout).toBe(0);
    expect(touched(come)).toMatchObject({ "dev/acme/drop": "+4 ~0 -0" });
    expect(worldOf(project, "d2b")).toContain("aws_s3_bucket d2b-dev-acme-drop");

    project.write(SPEC, without);
    await compiled(project);
    const gone = await rehearseApply(project, "dev", "--prune");
    expect(gone.code, gone.stdout).toBe(0);
    expect(gone.statuses).toMatchObject({ "dev/acme/drop": "destroyed" });
    expect(worldOf(project, "d2b").filter((name) => name.includes("acme"))).toEqual([]);
    expect(Object.keys(resourceCounts(project, "d2b"))).not.toContain("dev/acme/drop");
  });

  test("destroy leaves no resource in the world nor in any state", async () => {
    const destroyed = await rehearse(project, "destroy", ...EVERYTHING, "--auto-approve");
    expect(destroyed.code, destroyed.stdout).toBe(0);
    expect(destroyed.statuses).toEqual(each("destroyed"));
    expect(worldOf(project, "d2b")).toEqual([]);
    expect(resourceCounts(project, "d2b")).toEqual({});
    expect(ENVIRONMENTS.filter((name) => statesOf(project, "d2b").has(`${name}/access`))).toEqual(
      ENVIRONMENTS,
    );
  });
});

/** The same platform with a customer who has a bucket in dev. */
function withCustomer(spec: string): string {
  return spec.replace(
    "\nstacks:\n",
    `
customers:
  acme: { apps: [drop], environments: { dev: {} } }

apps: { drop: {} }

stacks:
  drop:
    per: customer
    app: drop
    module: aws/s3-bucket
    inputs: { bucket: "{{vars.prefix}}-{{environment.name}}-{{customer.name}}-drop", force_destroy: true }
`,
  );
}
