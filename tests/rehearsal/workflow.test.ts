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
const SPEC = "specs/workflow/platform.yaml";
const ENVIRONMENTS = ["dev", "staging", "prod"];

/** How many resources each stack makes in each environment; the others have steps or outputs alone. */
const COUNTS = { "main-backend": 5, "storage/raw": 4, "workflow/ingestion": 4 };
const STACKS = [...Object.keys(COUNTS), "database", "workflow/orders"];

/** Every step goes on from the one before it, in one world. */
describe.skipIf(reason !== "")(`the workflow in a rehearsal${reason}`, { timeout: 240_000 }, () => {
  let project: Project;
  const each = (status: string): Readonly<Record<string, string>> =>
    Object.fromEntries(
      ENVIRONMENTS.flatMap((environment) => STACKS.map((stack) => [`${environment}/${stack}`, status])),
    );

  beforeAll(async () => {
    project = copyPlatform("workflow", ["modules/aws"]);
    await compiled(project);
  });
  afterAll(() => project.remove("."));

  test("dev, staging and prod are applied without gates; no step is run, and that is said", async () => {
    const applied = await rehearseApply(project, ...ENVIRONMENTS);
    expect(applied.code, applied.stdout).toBe(0);
    expect(applied.statuses).toEqual(each("applied"));
    expect(resourceCounts(project, "workflow")).toEqual(
      Object.fromEntries(
        ENVIRONMENTS.flatMap((environment) =>
          Object.entries(COUNTS).map(([stack, count]) => [`${environment}/${stack}`, count]),
        ),
      ),
    );
    const count = (what: string): number | undefined =>
      reportOf(applied).unchecked.find((one) => one.what.startsWith(what))?.count;
    expect([count("steps"), count("smoke tests")]).toEqual([6, 12]);
  });

  test("a second apply starts no Terraform", async () => {
    const again = await rehearseApply(project, ...ENVIRONMENTS);
    expect(again).toMatchObject({ code: 0, statuses: each("up-to-date"), processes: 0 });
  });

  test("what staging alone says changes staging alone", async () => {
    project.write(
      SPEC,
      project.read(SPEC).replace("optional: true }", "optional: true, vars: { retention_days: 60 } }"),
    );
    await compiled(project);
    const changed = await rehearseApply(project, ...ENVIRONMENTS);
    expect(changed.code, changed.stdout).toBe(0);
    expect(touched(changed)).toEqual({ "staging/workflow/ingestion": "+0 ~1 -0" });
  });

  test("destroy leaves nothing", async () => {
    const destroyed = await rehearse(project, "destroy", ...ENVIRONMENTS, "--auto-approve");
    expect(destroyed.code, destroyed.stdout).toBe(0);
    expect(worldOf(project, "workflow")).toEqual([]);
  });
});
