import { copyFileSync, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  applied,
  type CommandResult,
  compiled,
  makeProject,
  outputsOf,
  type Project,
  spec,
  stateFile,
} from "./project.ts";

const BEFORE = spec(`
stacks:
  up: { address: first/up, module: local/keep, inputs: { input: one } }
  down: { module: local/keep, inputs: { input: "{{outputs.up.id}}" } }
`);
const AFTER = BEFORE.replace("address: first/up", "address: second/up, moved: [first/up]");

let project: Project;
let id: unknown;

beforeEach(async () => {
  project = makeProject({ "platform.yaml": BEFORE });
  expect(await applied(project)).toMatchObject({ code: 0 });
  id = outputsOf(project, "dev/first/up")["id"];
  project.write("platform.yaml", AFTER);
  await compiled(project);
});

afterEach(() => project.remove("."));

test("a plan shows that nothing is made anew, and carries nothing", async () => {
  const plan = await project.run("plan", "dev");
  expect(plan).toMatchObject({
    code: 0,
    statuses: { "dev/second/up": "unchanged", "dev/down": "unchanged" },
    reasons: { "dev/second/up": ["its state is carried over from 'dev/first/up'"] },
  });
  expect(existsSync(join(project.root, stateFile("dev/first/up")))).toBe(true);
  expect(existsSync(join(project.root, stateFile("dev/second/up")))).toBe(false);
  expect(existsSync(join(project.root, ".platc/t/dev/second/up/terraform.tfstate"))).toBe(false);
});

test("what is going to be carried over is no orphan, and the inventory says where it moves", async () => {
  const listed = async (...words: readonly string[]): Promise<string> =>
    (await project.show("state", ...words)).stdout;
  expect(await listed("orphans")).toBe("nothing is applied that the spec does not have\n");
  expect(JSON.parse(await listed("orphans", "--json"))).toEqual([]);
  expect(await listed("inventory")).toMatch(/^dev\/first\/up .*  \(moves to dev\/second\/up\)$/m);
});

test("what was made anew before 'moved' was written leaves an orphan", async () => {
  project.write("platform.yaml", AFTER.replace(", moved: [first/up]", ""));
  expect(await applied(project)).toMatchObject({ code: 0, statuses: { "dev/second/up": "applied" } });
  project.write("platform.yaml", AFTER);
  await compiled(project);
  expect((await project.run("plan", "dev")).events.at(-1)).toMatchObject({ orphans: ["dev/first/up"] });
  expect((await project.show("state", "orphans")).stdout).toMatch(/^dev\/first\/up .*  \(orphan\)\n$/);
  expect(outputsOf(project, "dev/first/up")["id"]).toBe(id);
});

test("an apply carries the state over, and its resources stay", async () => {
  expect(await applied(project)).toMatchObject({
    code: 0,
    statuses: { "dev/second/up": "unchanged", "dev/down": "unchanged" },
  });
  expect(outputsOf(project, "dev/second/up")["id"]).toBe(id);
  expect(outputsOf(project, "dev/down")["value"]).toBe(id);
  expect(existsSync(join(project.root, stateFile("dev/first/up")))).toBe(false);
  expect(await applied(project)).toMatchObject({ code: 0, processes: 0 });
  expect((await project.show("state", "orphans")).stdout).toContain(
    "nothing is applied that the spec does not have",
  );
});

test("a move together with a change is shown as the change", async () => {
  project.write("platform.yaml", AFTER.replace("input: one", "input: two"));
  expect(await applied(project)).toMatchObject({ code: 0, statuses: { "dev/second/up": "applied" } });
  expect(outputsOf(project, "dev/second/up")).toMatchObject({ id, value: "two" });
});

test("without 'moved' the old address is an orphan", async () => {
  project.write("platform.yaml", AFTER.replace(", moved: [first/up]", ""));
  await compiled(project);
  const plan = await project.run("plan", "dev");
  expect(plan.events.find((event) => event.kind === "run-announced")).toMatchObject({
    orphans: ["dev/first/up"],
  });
  expect(plan.statuses).toMatchObject({ "dev/second/up": "planned" });
  expect(notesOf(plan)).toEqual([
    {
      message: "'dev/second/up' looks like 'dev/first/up' under a new name, and is made anew as it stands",
      hint: "write 'moved: [first/up]' at stack 'up', and what is applied is carried over; 'platc apply --prune' would destroy it",
    },
  ]);
});

/** The notes of a run. */
function notesOf({ events }: CommandResult): readonly unknown[] {
  return events.filter(({ kind }) => kind === "note").map(({ message, hint }) => ({ message, hint }));
}

describe("a stack under another name without 'moved'", () => {
  const NAMED = BEFORE.replace("up: { address: first/up,", "base: {").replace("outputs.up.", "outputs.base.");
  const looksAlike = (notes: readonly unknown[]): unknown =>
    notes.map((note) => (note as { message: string }).message);

  test("is known by what it is made of, and the note goes when it is carried over", async () => {
    project.write("platform.yaml", NAMED);
    await compiled(project);
    const asked = await project.show("apply", "dev");
    expect(asked.code).toBe(3);
    expect(asked.stdout).toContain(
      "note: 'dev/base' looks like 'dev/first/up' under a new name, and is made anew as it stands\n" +
        "  hint: write 'moved: [first/up]' at stack 'base', and what is applied is carried over; 'platc apply --prune' would destroy it\n",
    );
    project.write("platform.yaml", NAMED.replace("base: {", "base: { moved: [first/up],"));
    const carried = await applied(project);
    expect(carried, carried.stdout).toMatchObject({ code: 0 });
    expect(notesOf(carried)).toEqual([]);
    expect(outputsOf(project, "dev/base")["id"]).toBe(id);
  });

  test("is not taken for one that was made of something else", async () => {
    project.write("modules/local/other/main.tf", project.read("modules/local/keep/main.tf"));
    for (const changed of [
      "module: local/keep, inputs: { input: two }",
      "module: local/other, inputs: { input: one }",
    ]) {
      project.write("platform.yaml", NAMED.replace("module: local/keep, inputs: { input: one }", changed));
      await compiled(project);
      expect(notesOf(await project.run("plan", "dev")), changed).toEqual([]);
    }
  });

  test("is said to be one of several where nothing tells them apart", async () => {
    const two = (first: string, second: string): string =>
      spec(`stacks:\n  ${first}: { module: local/keep }\n  ${second}: { module: local/keep }\n`);
    project.write("platform.yaml", two("left", "right"));
    await applied(project, "--prune");
    project.write("platform.yaml", two("west", "right").replace("  right: { module: local/keep }\n", ""));
    await compiled(project);
    expect(looksAlike(notesOf(await project.run("plan", "dev")))).toEqual([
      "'dev/west' looks like 'dev/left' or 'dev/right' under a new name, and is made anew as it stands",
    ]);
  });

  test("is asked about where its 'moved' names nothing that is applied", async () => {
    const note = async (moved: string): Promise<readonly unknown[]> => {
      project.write("platform.yaml", NAMED.replace("base: {", `base: { moved: [${moved}],`));
      await compiled(project);
      return notesOf(await project.run("plan", "dev"));
    };
    const told = (address: string, hint: string): unknown => ({
      message: `'moved' of 'dev/base' names '${address}', where nothing is applied: it is made anew as it stands`,
      hint,
    });
    expect(await note("first/upp")).toEqual([told("dev/first/upp", "did you mean 'first/up'?")]);
    expect(await note("elsewhere")).toEqual([told("dev/elsewhere", "did you mean 'first/up'?")]);
  });
});

test("a rename that was planned before 'moved' was written is carried over all the same", async () => {
  project.write("platform.yaml", AFTER.replace(", moved: [first/up]", ""));
  await compiled(project);
  expect(await project.run("plan", "dev")).toMatchObject({ statuses: { "dev/second/up": "planned" } });
  project.write("platform.yaml", AFTER);
  await compiled(project);
  expect(await project.run("plan", "dev")).toMatchObject({ statuses: { "dev/second/up": "unchanged" } });
  expect(await applied(project)).toMatchObject({ code: 0, statuses: { "dev/second/up": "unchanged" } });
  expect(outputsOf(project, "dev/second/up")["id"]).toBe(id);
});

const RENAMED = BEFORE.replace(
  "up: { address: first/up,",
  "base: { address: second/base, moved: [first/up],",
).replace("outputs.up.", "outputs.base.");
const NO_CHANGE = { add: 0, change: 0, replace: 0, destroy: 0, import: 0, forget: 0 };

/** What a run said of one stack's plan. */
const summaryOf = (result: CommandResult, address: string): unknown =>
  result.events.findLast((event) => event.kind === "stack-planned" && event.address === address)?.["summary"];

test("a stack with another name keeps what its module made", async () => {
  project.write("platform.yaml", RENAMED);
  await compiled(project);
  const plan = await project.run("plan", "dev");
  expect(summaryOf(plan, "dev/second/base")).toEqual({ ...NO_CHANGE, move: 1 });
  expect(JSON.parse(project.read(".platc/t/dev/second/base/platc-moved.tf.json"))).toEqual({
    moved: [{ from: "module.up", to: "module.base" }],
  });

  const apply = await applied(project);
  expect(apply).toMatchObject({
    code: 0,
    statuses: { "dev/second/base": "applied", "dev/down": "unchanged" },
  });
  expect(summaryOf(apply, "dev/second/base")).toEqual({ ...NO_CHANGE, move: 1 });
  expect(outputsOf(project, "dev/second/base")["id"]).toBe(id);
  expect(project.read(stateFile("dev/second/base"))).not.toContain('"module.up"');
  expect(await applied(project)).toMatchObject({ code: 0, processes: 0 });
});

test("so does one whose name alone is another, at the same address", async () => {
  project.write("platform.yaml", BEFORE.replace("up: {", "base: {").replace("outputs.up.", "outputs.base."));
  const apply = await applied(project);
  expect(summaryOf(apply, "dev/first/up")).toEqual({ ...NO_CHANGE, move: 1 });
  expect(outputsOf(project, "dev/first/up")["id"]).toBe(id);
});

test("where the spec says itself what has become of the module, nothing is added", async () => {
  const moved = "refactor: { moved: [{ from: module.up, to: module.base }] }";
  project.write("platform.yaml", RENAMED.replace("moved:", `${moved}, moved:`));
  const apply = await applied(project);
  expect(apply).toMatchObject({ code: 0, statuses: { "dev/second/base": "applied" } });
  expect(outputsOf(project, "dev/second/base")["id"]).toBe(id);
  expect(existsSync(join(project.root, ".platc/t/dev/second/base/platc-moved.tf.json"))).toBe(false);
});

test("a module that nothing takes over is named before it is destroyed", async () => {
  const several = "modules: { one: { module: local/keep }, two: { module: local/keep } }";
  const body = `stacks:\n  base: { address: second/base, moved: [first/up], ${several} }\n  down: { module: local/keep }\n`;
  project.write("platform.yaml", spec(body));
  await compiled(project);
  const plan = await project.run("plan", "dev");
  const planned = plan.events.find(
    (event) => event.kind === "stack-planned" && event.address === "dev/second/base",
  );
  expect(planned?.["findings"]).toContainEqual({
    message: "that state holds 'module.up', which the stack does not call: what it made is destroyed",
    hint: "say what it is called now: 'refactor: { moved: [{ from: module.up, to: module.NAME }] }'",
  });
});

describe("a destroy before any apply", () => {
  const nothingIsLeft = async (): Promise<void> => {
    for (const address of ["dev/first/up", "dev/second/up", "dev/second/base"]) {
      const path = stateFile(address);
      const state = existsSync(join(project.root, path)) ? project.read(path) : '{ "resources": [] }';
      expect(JSON.parse(state), address).toMatchObject({ resources: [] });
      expect(existsSync(join(project.root, `states/t/.platc/inventory/${address}.json`))).toBe(false);
    }
  };

  test("finds the state at the earlier address", async () => {
    const destroyed = await project.run("destroy", "dev", "--auto-approve");
    expect(destroyed, destroyed.stdout).toMatchObject({
      code: 0,
      statuses: { "dev/second/up": "destroyed", "dev/down": "destroyed" },
    });
    await nothingIsLeft();
    expect(await applied(project)).toMatchObject({ code: 0, statuses: { "dev/second/up": "applied" } });
    expect(outputsOf(project, "dev/second/up")["id"]).not.toBe(id);
  });

  test("also of a stack with another name, whose module stays protected", async () => {
    const protectedModule = project
      .read("modules/local/keep/main.tf")
      .replace("lifecycle { ", "lifecycle { \n    prevent_destroy = true\n");
    project.write("modules/local/keep/main.tf", protectedModule);
    project.write("platform.yaml", RENAMED);
    await compiled(project);
    const refused = await project.show("destroy", "dev/second/base", "--auto-approve");
    expect(refused.code).toBe(1);
    expect(refused.stdout).toContain("prevent_destroy");
    project.write(
      "modules/local/keep/main.tf",
      protectedModule.replace("prevent_destroy = true", "prevent_destroy = false"),
    );
    await compiled(project);
    expect(await project.run("destroy", "dev", "--auto-approve")).toMatchObject({
      code: 0,
      statuses: { "dev/second/base": "destroyed", "dev/down": "destroyed" },
    });
    await nothingIsLeft();
  });

  test("what an interrupted apply has copied already goes too", async () => {
    mkdirSync(join(project.root, "states/t/dev/second/up"), { recursive: true });
    copyFileSync(
      join(project.root, stateFile("dev/first/up")),
      join(project.root, stateFile("dev/second/up")),
    );
    expect(await project.run("destroy", "dev", "--auto-approve")).toMatchObject({
      code: 0,
      statuses: { "dev/second/up": "destroyed" },
    });
    await nothingIsLeft();
  });

  test("a dependent alone is destroyed with what its upstream still holds at the earlier address", async () => {
    expect(await project.run("destroy", "dev/down", "--auto-approve")).toMatchObject({
      code: 0,
      statuses: { "dev/down": "destroyed" },
    });
    expect(outputsOf(project, "dev/first/up")["id"]).toBe(id);
    expect(await applied(project)).toMatchObject({ code: 0 });
    expect(outputsOf(project, "dev/second/up")["id"]).toBe(id);
  });
});
