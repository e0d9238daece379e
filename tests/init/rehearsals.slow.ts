import { expect, test } from "vitest";
import { PROJECT_TEMPLATES } from "../../src/generate/project/project-templates.ts";
import { initTemplate, rehearseByReadme, skipped } from "./template-project.ts";

test.skipIf(skipped !== "").each(PROJECT_TEMPLATES)(
  `$name is rehearsed as its README says${skipped}`,
  async ({ name }) => {
    const folder = await initTemplate(name);
    const applied = await rehearseByReadme(folder);
    expect(applied.code, applied.stdout + applied.stderr).toBe(0);
    expect(new Set(Object.values(applied.statuses))).toEqual(new Set(["applied"]));
    const again = await rehearseByReadme(folder);
    expect(again.code, again.stdout).toBe(0);
    expect(new Set(Object.values(again.statuses))).toEqual(new Set(["up-to-date"]));
    expect(await folder.platc("rehearsal", "reset")).toMatchObject({ code: 0 });
    folder.remove();
  },
);
