import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { copyD2b } from "../e2e/d2b-project.ts";
import { compiled, type Project } from "../run/project.ts";
import { FROM_PACKS, lacksTerraform } from "./rehearsed-project.ts";

const reason = lacksTerraform === undefined ? "" : ` (skipped: ${lacksTerraform})`;

describe.skipIf(reason !== "")(
  `what a rehearsal tells, without the provider${reason}`,
  { timeout: 120_000 },
  () => {
    let project: Project;
    let stdout = "";

    beforeAll(async () => {
      project = copyD2b();
      Object.assign(project.environment, FROM_PACKS);
      await compiled(project);
      const files = ["--junit", "report.xml", "--markdown", "report.md", "--html", "report.html"];
      const result = await project.show("apply", "dev", "--target", "rehearsal", "--auto-approve", ...files);
      expect(result.code, result.stdout + result.stderr).toBe(0);
      stdout = result.stdout;
    });

    afterAll(() => project.remove("."));

    const NOTHING_MADE =
      /it was a rehearsal: nothing was made in any cloud, and it proves nothing to the next environment/i;

    test("the same platform is rehearsed by packs, and the end of the run says so", () => {
      expect(stdout).toContain("Resources: 40 added");
      expect(stdout).toMatch(/^Schemas: hashicorp\/aws 5\.100\.0 \((?!the installed provider).*pack.*\)$/m);
      expect(stdout).toMatch(NOTHING_MADE);
      expect(stdout).toMatch(/^Not checked: 7 smoke tests that were not run \(/m);
    });

    test.each(["report.md", "report.html", "report.xml"])("%s says so too", (name) => {
      const text = project.read(name);
      expect(text).toMatch(NOTHING_MADE);
      expect(text).toMatch(/hashicorp\/aws 5\.100\.0 \(.*pack/);
      expect(text).toMatch(/not checked: 7 smoke tests that were not run/i);
    });
  },
);
