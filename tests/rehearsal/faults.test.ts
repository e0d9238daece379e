import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { copyD2b } from "../e2e/d2b-project.ts";
import { compiled, copyProject, type Project } from "../run/project.ts";
import {
  comparable,
  lacksTerraform,
  rehearse,
  rehearseApply,
  resourceCounts,
  statesOf,
  worldOf,
} from "./rehearsed-project.ts";

const reason = lacksTerraform === undefined ? "" : ` (skipped: ${lacksTerraform})`;
const MAKES = {
  "dev/main-backend": 5,
  "dev/storage/s3": 14,
  "dev/access": 2,
  "dev/workflow/lambda": 11,
  "dev/workflow/glue": 8,
} as const;
type Address = keyof typeof MAKES;
const ADDRESSES = Object.keys(MAKES) as readonly Address[];

/** What each stack of dev waits for, all the way down. */
const UPSTREAMS: Readonly<Record<Address, readonly Address[]>> = {
  "dev/main-backend": [],
  "dev/storage/s3": [],
  "dev/access": ["dev/storage/s3"],
  "dev/workflow/lambda": ["dev/storage/s3"],
  "dev/workflow/glue": ["dev/storage/s3", "dev/access", "dev/workflow/lambda"],
};

/** All of them with PLATC_ALL_FAULTS (`npm run test:rehearsal`), else the first and the last create of each stack. */
const creates = ADDRESSES.flatMap((address) => {
  const all = Array.from({ length: MAKES[address] }, (_, index) => [address, index + 1] as const);
  return process.env["PLATC_ALL_FAULTS"] ? all : all.filter(([, nth]) => nth === 1 || nth === MAKES[address]);
});

describe.skipIf(reason !== "")(`D2b fails on purpose${reason}`, { timeout: 240_000 }, () => {
  let whole: Project;
  /** By stack: a world in which all that it waits for is applied, and nothing else. */
  const before = new Map<Address, Project>();

  beforeAll(async () => {
    const nothing = copyD2b();
    await compiled(nothing);
    for (const address of ADDRESSES) {
      const [here, upstreams] = [copyProject(nothing), UPSTREAMS[address]];
      if (upstreams.length > 0) expect(await rehearseApply(here, ...upstreams)).toMatchObject({ code: 0 });
      before.set(address, here);
    }
    whole = copyProject(nothing);
    expect(await rehearseApply(whole, "dev")).toMatchObject({ code: 0 });
    nothing.remove(".");
  });

  afterAll(() => [...before.values(), whole].forEach((project) => project.remove(".")));

  const inCopy = async (project: Project, use: (copy: Project) => Promise<void>): Promise<void> => {
    const copy = copyProject(project);
    try {
      await use(copy);
    } finally {
      copy.remove(".");
    }
  };

  test.each(creates)("%s at its create %i: the rest is finished by the next apply", (address, nth) =>
    inCopy(before.get(address)!, async (project) => {
      const failed = await rehearseApply(project, address, "--fail", `${address}:${nth}`);
      expect(failed.statuses).toEqual({ [address]: "failed" });
      expect(failed.code).toBe(1);
      const kept = resourceCounts(project, "d2b")[address] ?? 0;
      expect(kept).toBeLessThan(MAKES[address]);
      expect(worldOf(project, "d2b")).toHaveLength(
        UPSTREAMS[address].reduce((sum, upstream) => sum + MAKES[upstream], kept),
      );
      const finished = await rehearseApply(project, address);
      expect(finished.code, finished.stdout.slice(-2000)).toBe(0);
      expect(comparable(statesOf(project, "d2b").get(address)!, "without serial")).toBe(
        comparable(statesOf(whole, "d2b").get(address)!, "without serial"),
      );
      expect(resourceCounts(project, "d2b")[address]).toBe(MAKES[address]);
    }),
  );

  test("what does not depend on it goes on, what does names it, and nothing is made twice", () =>
    inCopy(before.get("dev/access")!, async (project) => {
      const failed = await rehearseApply(project, "dev", "global", "--fail", "dev/access:2");
      expect(failed.code).toBe(1);
      expect(failed.statuses).toEqual({
        "global/main-backend": "applied",
        "global/deployment": "applied",
        "dev/main-backend": "applied",
        "dev/storage/s3": "up-to-date",
        "dev/access": "failed",
        // Its stage comes after the one of dev/access.
        "dev/workflow/lambda": "blocked",
        "dev/workflow/glue": "blocked",
      });
      expect(failed.stdout).toContain('"status":"blocked","by":"dev/access"');
      expect(await rehearseApply(project, "dev")).toMatchObject({ code: 0 });
      expect(resourceCounts(project, "d2b")).toMatchObject(MAKES);
      expect(worldOf(project, "d2b")).toEqual(expect.arrayContaining([...worldOf(whole, "d2b")]));
      expect(worldOf(project, "d2b")).toHaveLength(
        Object.values(resourceCounts(project, "d2b")).reduce((sum, count) => sum + count),
      );
    }));

  test("a failed update leaves what was, and a failed destroy what is", () =>
    inCopy(whole, async (project) => {
      const spec = "specs/d2b/platform.yaml";
      project.write(
        spec,
        project.read(spec).replace("description: Runs the Glue job", "description: Is the Glue job"),
      );
      await compiled(project);
      const state = () => statesOf(project, "d2b").get("dev/access")!;
      const update = await rehearseApply(project, "dev/access", "--fail", "dev/access:update");
      expect(update).toMatchObject({ code: 1, statuses: { "dev/access": "failed" } });
      expect(state()).toContain("Runs the Glue job");
      expect(await rehearseApply(project, "dev/access")).toMatchObject({ code: 0 });
      expect(state()).toContain("Is the Glue job");

      const glue = "dev/workflow/glue";
      const fails = ["--auto-approve", "--fail", `${glue}:delete:3`];
      const destroy = await rehearse(project, "destroy", "dev", ...fails);
      expect(destroy.code).toBe(1);
      expect(destroy.statuses).toMatchObject({ [glue]: "failed", "dev/access": "blocked" });
      expect(resourceCounts(project, "d2b")["dev/access"]).toBe(2);
      expect(await rehearse(project, "destroy", "dev", "--auto-approve")).toMatchObject({ code: 0 });
      expect(worldOf(project, "d2b")).toEqual([]);
    }));

  test("a provider that crashes fails its stack; what it had made is kept, and the next apply goes on", () =>
    inCopy(before.get("dev/access")!, async (project) => {
      const crashed = await rehearseApply(project, "dev/access", "--crash", "dev/access:2");
      expect(crashed).toMatchObject({ code: 1, statuses: { "dev/access": "failed" } });
      expect(crashed.stdout).toContain('"message":"The provider crashed on purpose"');
      expect(resourceCounts(project, "d2b")["dev/access"]).toBe(1);
      expect(await rehearseApply(project, "dev/access")).toMatchObject({ code: 0 });
      expect(resourceCounts(project, "d2b")["dev/access"]).toBe(2);
    }));
});
