import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest";
import { type BuiltPlatc, buildPlatc, type PlatcProcess } from "../run/platc-process.ts";
import { makeProject, type Project } from "../run/project.ts";
import { endWhileLocked } from "./end-while-locked.ts";
import { SLOW } from "./slow-module.ts";

/** What stands under `state` of a project's spec, in flow style, and the variables by which its backend is found. */
export interface LockedBackend {
  readonly state: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** A project whose states lie in a backend that is made for it alone, and platc as a process that works on it. */
export interface LockedProject {
  /** Plans, applies, applies again without Terraform, and destroys. */
  readonly runWholeLife: () => Promise<void>;
  /** Kills platc and Terraform in the middle of an apply; gives what was said of the lock meanwhile, and the next apply. */
  readonly goOnAfterKill: (
    selector: string,
  ) => Promise<{ readonly held: string; readonly next: Awaited<PlatcProcess["ended"]> }>;
}

/** For a `describe`: each of its tests gets a backend and a project anew. */
export function lockedProject(openBackend: () => Promise<LockedBackend>): LockedProject {
  let platc: BuiltPlatc;
  let project: Project;
  beforeAll(async () => {
    platc = await buildPlatc();
  });
  afterAll(() => platc?.remove());
  beforeEach(async () => {
    const { state, environment } = await openBackend();
    project = makeProject({
      "platform.yaml": specOf(state),
      "modules/local/slow/main.tf": SLOW,
      go: "",
    });
    Object.assign(project.environment, environment, { PLACE: project.root });
  });
  afterEach(() => project.remove("."));

  const run = (...args: readonly string[]): PlatcProcess["ended"] => platc.start(project, ...args).ended;
  const compile = async (): Promise<void> => expect((await run("compile")).code).toBe(0);
  return {
    runWholeLife: async () => {
      await compile();
      expect(await run("plan", "dev")).toMatchObject({ code: 0, statuses: all("planned") });
      await expectApplied(run("apply", "dev", "--auto-approve"));
      const again = await run("apply", "dev", "--auto-approve");
      expect(again).toMatchObject({ code: 0, statuses: all("up-to-date"), processes: 0 });
      const output = await run("output", "dev/after", "value");
      expect(output.text).toMatch(/^"[0-9a-f-]{36}"/);
      const destroyed = await run("destroy", "dev", "--auto-approve");
      expect(destroyed).toMatchObject({ code: 0, statuses: all("destroyed") });
    },
    goOnAfterKill: async (selector) => {
      await compile();
      const held = await endWhileLocked(platc, project, selector);
      const next = await expectApplied(run("apply", "dev", "--auto-approve"));
      expect(next.text).toContain("is in no state: the next plan imports it");
      return { held, next };
    },
  };
}

async function expectApplied(ended: PlatcProcess["ended"]): Promise<Awaited<PlatcProcess["ended"]>> {
  const result = await ended;
  const { code, statuses, text } = result;
  // What it said is of use where it went wrong.
  const said = code === 0 ? "" : text;
  expect({ code, statuses, said }).toEqual({ code: 0, statuses: all("applied"), said: "" });
  return result;
}

const all = (status: string): Record<string, string> => ({
  "dev/slow": status,
  "dev/after": status,
  "dev/beside": status,
});

function specOf(state: string): string {
  return `version: 1
platform: t
state: ${state}
environments: { dev: {} }
stacks:
  slow: { module: local/slow }
  after: { module: local/keep, inputs: { input: "{{outputs.slow.first}}" } }
  beside: { module: local/keep }
`;
}
