import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { applied, compiled, makeProject, outputsOf, type Project, spec } from "./project.ts";

const SECRET = "hunter2-is-no-password";
const NOTE = `
import { appendFileSync, readFileSync } from "node:fs";
const said = readFileSync(new URL("said.txt", import.meta.url), "utf8").trim();
appendFileSync(process.env.LOG, [process.argv[2], process.env.VALUE, said].join(" ") + "\\n");
console.log("token " + process.env.TOKEN);
if (process.env.BROKEN === process.argv[2]) process.exit(3);
`;
const SPEC = spec(`
variables: { token: { sensitive: true }, size: { default: 2 } }
stacks:
  one: { module: local/keep, inputs: { input: 1 } }
  two:
    stage: configure
    steps:
      first:
        command:
          run: [node, "{{path 'note.mjs'}}", first]
          env: { VALUE: "{{outputs.one.value}}/{{var.size}}", TOKEN: "{{var.token}}" }
          files: ["{{path 'said.txt'}}"]
      second: { after: [first], command: { run: [node, "{{path 'note.mjs'}}", second], env: { VALUE: "{{outputs.one.id}}" } } }
      other: { command: { run: [node, "{{path 'note.mjs'}}", other], env: { VALUE: x } } }
    checks: { works: { attempts: 1, command: { run: [node, -e, ""] } } }
  three: { stage: deploy, module: local/keep }
`);

let project: Project;
const log = (): readonly string[] =>
  existsSync(join(project.root, "log")) ? project.read("log").trim().split("\n").sort() : [];
const stepsTold = (events: readonly { readonly kind: string; readonly [key: string]: unknown }[]) =>
  events
    .filter(({ kind }) => kind === "step-finished")
    .map(({ result }) => {
      const { name, status } = result as { name: string; status: string };
      return `${name} ${status}`;
    });
const record = () =>
  JSON.parse(project.read("states/t/.platc/steps/dev/two.json")) as { readonly steps: object };

beforeEach(() => {
  project = makeProject({ "platform.yaml": SPEC, "note.mjs": NOTE, "said.txt": "hello" });
  project.environment["LOG"] = join(project.root, "log");
  project.environment["TF_VAR_token"] = SECRET;
});

afterEach(() => project.remove("."));

describe("command steps", () => {
  test("a plan shows them and runs none; an apply runs them in order, after what they read, once", async () => {
    await compiled(project);
    const plan = await project.show("plan", "dev");
    expect(plan.code).toBe(0);
    expect(plan.stdout).toContain(`dev/two  plan: 3 steps to run
  step first (command); its step 'first' has never run
  step other (command); its step 'other' has never run
  step second (command); its step 'second' has never run`);
    expect(log()).toEqual([]);
    const first = await project.run("apply", "dev", "--auto-approve");
    expect(first).toMatchObject({ code: 0, statuses: { "dev/two": "applied", "dev/three": "applied" } });
    expect(stepsTold(first.events)).toEqual(["first done", "other done", "second done"]);
    const { id } = outputsOf(project, "dev/one");
    expect(log()).toEqual(["first 1/2 hello", "other x hello", `second ${String(id)} hello`]);
    expect(Object.keys(record().steps)).toEqual(["first", "other", "second"]);
    const second = await project.run("apply", "dev", "--auto-approve");
    expect(second).toMatchObject({ code: 0, processes: 0, statuses: { "dev/two": "up-to-date" } });
    expect(log()).toHaveLength(3);
  });

  test("a step runs again when its definition, a file that it names, or a value that it reads changes, and no other does", async () => {
    await applied(project);
    project.write("said.txt", "bye");
    await compiled(project);
    const file = await project.run("apply", "dev", "--auto-approve", "--why");
    expect(stepsTold(file.events)).toEqual(["first done"]);
    expect(file.reasons["dev/two"]).toEqual(["its step 'first' changed"]);
    project.write("platform.yaml", SPEC.replace("input: 1", "input: 5"));
    await compiled(project);
    expect(stepsTold((await project.run("apply", "dev", "--auto-approve")).events)).toEqual(["first done"]);
    project.environment["TF_VAR_size"] = "9";
    const value = await project.run("apply", "dev", "--auto-approve");
    expect(value.reasons["dev/two"]).toEqual(["what its step 'first' reads changed"]);
    expect(log()).toContain("first 5/9 bye");
    expect(log()).toHaveLength(6);
  });

  test("a step that fails holds up what comes after it, and the next apply goes on from there", async () => {
    await compiled(project);
    project.environment["BROKEN"] = "first";
    const failed = await project.run("apply", "dev", "--auto-approve");
    expect(failed).toMatchObject({
      code: 1,
      statuses: { "dev/one": "applied", "dev/two": "failed", "dev/three": "blocked" },
    });
    expect(stepsTold(failed.events)).toEqual(["first failed", "other done", "second blocked"]);
    expect(
      failed.events.filter(({ kind, address }) => kind === "stack-finished" && address === "dev/two").at(-1),
    ).toMatchObject({
      outcome: { message: "it is applied, but its step 'first' failed", summary: { add: 0 } },
    });
    const tested = await project.run("test", "dev/two");
    expect(tested).toMatchObject({ code: 1, statuses: { "dev/two": "failed" } });
    expect(tested.stdout).toContain("its step 'first' failed last time");
    delete project.environment["BROKEN"];
    const mended = await project.run("apply", "dev", "--auto-approve");
    expect(mended).toMatchObject({ code: 0, statuses: { "dev/two": "applied", "dev/three": "applied" } });
    expect(stepsTold(mended.events)).toEqual(["first done", "second done"]);
    expect(mended.events.filter(({ kind }) => kind === "check-finished")).toHaveLength(1);
  });

  test("no secret is in what is told or kept", async () => {
    await compiled(project);
    project.environment["BROKEN"] = "first";
    const told = await project.show(
      "apply",
      "dev",
      "--auto-approve",
      "--markdown",
      "r.md",
      "--html",
      "r.html",
    );
    expect(told.stdout).toContain("token (sensitive)");
    const kept = [
      told.stdout,
      told.stderr,
      project.read("r.md"),
      project.read("r.html"),
      JSON.stringify(record()),
    ];
    expect(kept.join("\n")).not.toContain(SECRET);
    expect(project.read("r.md")).toContain("step first");
    expect(project.read("r.html")).toContain("step first");
  });

  test("a variable without a value, and a step that left nothing to know", async () => {
    await compiled(project);
    delete project.environment["TF_VAR_token"];
    const missing = await project.run("apply", "dev", "--auto-approve");
    expect(missing).toMatchObject({ code: 1, statuses: { "dev/two": "failed" } });
    expect(missing.stdout).toContain("the variable 'token', which step 'first' reads, has no value");
    expect(log()).toEqual([]);
  });

  test("an approval holds the steps that were shown", async () => {
    await compiled(project);
    await project.run("apply", "dev", "--auto-approve");
    project.write("said.txt", "more");
    await compiled(project);
    const waiting = await project.run("apply", "dev");
    expect(waiting).toMatchObject({ code: 3, statuses: { "dev/two": "waiting" } });
    const [id = ""] = (await project.show("approve")).stdout.split(" ");
    await project.show("approve", id);
    // What fails meanwhile was not in what was approved.
    const before = JSON.parse(project.read("states/t/.platc/steps/dev/two.json")) as {
      steps: Record<string, { outcome: string }>;
    };
    before.steps["other"]!.outcome = "begun";
    project.write("states/t/.platc/steps/dev/two.json", JSON.stringify(before));
    const changed = await project.run("apply", "dev");
    expect(changed.code).toBe(3);
    expect(changed.stdout).toContain("the step 'other' of 'dev/two' was not in what was approved");
    const [other = ""] = (await project.show("approve")).stdout.split(" ");
    await project.show("approve", other);
    const went = await project.run("apply", "dev");
    expect([went.code, stepsTold(went.events)]).toEqual([0, ["first done", "other done"]]);
  });

  test("a rehearsal runs none and says so; after a destroy they run anew", async () => {
    await compiled(project);
    const rehearsed = await project.show("apply", "dev", "--target", "rehearsal", "--auto-approve");
    expect(rehearsed.stdout).toContain(
      "3 steps that were not run (dev/two first, dev/two other, dev/two second)",
    );
    expect(log()).toEqual([]);
    await project.run("apply", "dev", "--auto-approve");
    const destroyed = await project.show("destroy", "dev/two", "dev/three", "--auto-approve");
    expect(destroyed.code, destroyed.stdout).toBe(0);
    expect(destroyed.stdout).toContain(
      "what the steps 'first', 'other', 'second' of 'dev/two' did outside of Terraform stays as it is",
    );
    const again = await project.run("apply", "dev", "--auto-approve");
    expect(stepsTold(again.events)).toEqual(["first done", "other done", "second done"]);
  });

  test("a failed step is no proof for the next environment", async () => {
    project.write(
      "platform.yaml",
      SPEC.replace("environments: { dev: {} }", "environments: { dev: {}, prod: { after: dev } }"),
    );
    await compiled(project);
    await project.run("apply", "dev", "--auto-approve");
    expect(await project.run("promote", "prod", "--auto-approve")).toMatchObject({ code: 0 });
    project.write("said.txt", "other");
    await compiled(project);
    const unproven = await project.show("promote", "prod", "--auto-approve");
    expect(unproven.stderr).toContain("'prod/two': what is applied as 'dev/two' is another definition");
    project.environment["BROKEN"] = "first";
    await project.run("apply", "dev", "--auto-approve");
    const broken = await project.show("promote", "prod", "--auto-approve");
    expect(broken.stderr).toContain("'prod/two': the tests of 'dev/two' have not passed");
  });
});
