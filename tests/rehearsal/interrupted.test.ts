import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, test } from "vitest";
import { copyD2b } from "../e2e/d2b-project.ts";
import { type BuiltPlatc, buildPlatc, lastJournal } from "../run/platc-process.ts";
import { compiled, type Project, until } from "../run/project.ts";
import { FROM_PACKS, lacksTerraform, rehearseApply, resourceCounts, worldOf } from "./rehearsed-project.ts";

const reason = lacksTerraform === undefined ? "" : ` (skipped: ${lacksTerraform})`;
const BACKEND = "dev/main-backend";

/** The bucket of the states, made at once, and four things of the bucket, of which the first takes its time. */
describe.skipIf(reason !== "")(`a rehearsal that is ended${reason}`, { timeout: 240_000 }, () => {
  let platc: BuiltPlatc;
  let project: Project;

  beforeAll(async () => {
    platc = await buildPlatc();
  });

  afterAll(() => platc.remove());

  beforeEach(async () => {
    project = copyD2b();
    Object.assign(project.environment, FROM_PACKS);
    await compiled(project);
  });

  afterEach(() => project.remove("."));

  const startSlow = async (duration: string) => {
    const flags = ["--target", "rehearsal", "--auto-approve", "--slow", `${BACKEND}:2=${duration}`];
    const running = platc.start(project, "apply", BACKEND, ...flags);
    await until(() => worldOf(project, "d2b").length > 0, "the bucket is made");
    await until(() => lastJournal(project).some(({ kind }) => kind === "lock-seen"), "the lock is seen");
    return running;
  };

  const locks = (): readonly string[] =>
    readdirSync(join(project.root, ".platc/d2b.rehearsal.world"), {
      recursive: true,
      encoding: "utf8",
    }).filter((path) => /\.lock\.info$|world\.lock$/.test(path));

  test("Ctrl-C: the slow create ends, no lock stays, exit 130, and the next apply goes on", async () => {
    const { child, ended } = await startSlow("10m");
    child.kill("SIGINT");
    const end = await ended;
    expect(end).toMatchObject({ code: 130, statuses: { [BACKEND]: "interrupted" } });
    expect(locks()).toEqual([]);
    const kept = resourceCounts(project, "d2b")[BACKEND] ?? 0;
    expect(kept).toBeGreaterThan(0);
    expect(kept).toBeLessThan(5);
    expect(worldOf(project, "d2b")).toHaveLength(kept);
    expect(await rehearseApply(project, BACKEND)).toMatchObject({
      code: 0,
      statuses: { [BACKEND]: "applied" },
    });
    expect(resourceCounts(project, "d2b")).toEqual({ [BACKEND]: 5 });
  });

  test("kill -9: Terraform finishes against its provider, and the next run recovers", async () => {
    const { child, ended } = await startSlow("4s");
    const started = lastJournal(project).findLast((event) => event.kind === "process-started");
    const pid = started?.kind === "process-started" ? started.identity.pid : 0;
    child.kill("SIGKILL");
    await ended;
    expect(existsSync(`/proc/${pid}`)).toBe(true);
    await until(() => !existsSync(`/proc/${pid}`), "Terraform has ended");
    expect(resourceCounts(project, "d2b")).toEqual({ [BACKEND]: 5 });
    const next = await rehearseApply(project, BACKEND);
    expect(next.code, next.stdout.slice(-2000) + next.stderr).toBe(0);
    expect(worldOf(project, "d2b")).toHaveLength(5);
    expect(locks()).toEqual([]);
  });

  test("what waits for another can be interrupted, and a reset says whom it waits for", async () => {
    const first = await startSlow("10m");
    const waiting = platc.start(project, "apply", BACKEND, "--target", "rehearsal", "--auto-approve");
    const reset = platc.start(project, "rehearsal", "reset");
    let told = "";
    for (const stream of [waiting.child.stdout, reset.child.stderr])
      stream?.on("data", (chunk: Buffer) => (told += String(chunk)));
    const names = (): number => told.match(/waiting for another rehearsal .* \(process \d+\)/g)?.length ?? 0;
    await until(() => names() === 2, "both wait");
    waiting.child.kill("SIGINT");
    const ended = await waiting.ended;
    expect(ended.code, ended.text).toBe(130);
    expect(ended.text).toContain("interrupted before the rehearsal began");
    first.child.kill("SIGINT");
    expect(await first.ended).toMatchObject({ code: 130 });
    expect(await reset.ended).toMatchObject({ code: 0 });
    expect(worldOf(project, "d2b")).toEqual([]);
  });

  test("two at the same time: the second says whom it waits for, and finds what the first has made", async () => {
    const first = await startSlow("10m");
    const second = platc.start(project, "apply", BACKEND, "--target", "rehearsal", "--auto-approve");
    let told = "";
    second.child.stdout?.on("data", (chunk: Buffer) => (told += String(chunk)));
    const isWaiting = (): boolean => /waiting for another rehearsal .* \(process \d+\)/.test(told);
    await until(isWaiting, "the second waits");
    first.child.kill("SIGINT");
    expect(await first.ended).toMatchObject({ code: 130 });
    const made = worldOf(project, "d2b");
    expect(made.length).toBeGreaterThan(0);
    expect(await second.ended).toMatchObject({ code: 0, statuses: { [BACKEND]: "applied" } });
    expect(worldOf(project, "d2b")).toEqual(expect.arrayContaining([...made]));
    expect(worldOf(project, "d2b")).toHaveLength(5);
  });
});
