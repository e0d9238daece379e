import { afterAll, describe, expect, test } from "vitest";
import { copyD2b, openD2b } from "../e2e/d2b-project.ts";
import { compiled, type Project } from "../run/project.ts";
import { FROM_PACKS, lacksTerraform } from "./rehearsed-project.ts";

const reason = lacksTerraform === undefined ? "" : ` (skipped: ${lacksTerraform})`;
const ASKED = ["plan", "dev/main-backend", "--target", "emulator,rehearsal"] as const;

describe.skipIf(reason !== "")(`the emulator, else a rehearsal${reason}`, { timeout: 240_000 }, () => {
  const projects: Project[] = [];

  afterAll(() => projects.forEach((project) => project.remove(".")));

  const platform = async (environment: Readonly<Record<string, string>>): Promise<Project> => {
    const project = copyD2b();
    projects.push(project);
    Object.assign(project.environment, environment);
    await compiled(project);
    return project;
  };

  test("without Python, or without the provider, the first line says that it is a rehearsal, why, and how to mend it", async () => {
    const project = await platform({ PLATC_PYTHON: "/there/is/no/python" });
    const { code, stdout, stderr } = await project.show(...ASKED);
    expect(code, stdout + stderr).toBe(0);
    const [first, second] = stdout.split("\n");
    expect(first).toMatch(
      /this is a rehearsal, since the emulator cannot be had: .*(\/there\/is\/no\/python|hashicorp\/aws)/,
    );
    expect(second).toMatch(/hint: .*(python|doctor)/i);
    expect(stdout).toMatch(/^It was a rehearsal: /m);
  });

  test("one target alone is no choice: it is refused", async () => {
    const project = await platform({ PLATC_PYTHON: "/there/is/no/python", ...FROM_PACKS });
    const { code, stdout } = await project.show("plan", "dev/main-backend", "--target", "emulator");
    expect(code).toBe(1);
    expect(stdout).not.toContain("rehearsal");
  });

  test("where the emulator can be had, it is taken", async ({ skip }) => {
    const opened = await openD2b();
    if (typeof opened === "string") return skip(opened);
    try {
      await compiled(opened);
      const { code, events } = await opened.run(...ASKED);
      expect(code).toBe(0);
      expect(events.find(({ kind }) => kind === "run-announced")).toMatchObject({ target: "emulator" });
    } finally {
      await opened.close();
    }
  });
});
