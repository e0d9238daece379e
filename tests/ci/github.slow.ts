import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { installCiTools } from "./ci-tools.ts";
import { type GithubProject, makeGithubProject, statesOf } from "./github-project.ts";

const tools = installCiTools();
const { act, actionlint, checkJsonSchema } = tools;
const missing = [act, actionlint, checkJsonSchema].flatMap((tool) =>
  typeof tool === "string" ? [] : tool.missing,
);
const noJq =
  spawnSync("jq", ["--version"]).error === undefined ? [] : ["jq is not there: the stand-in for gh needs it"];
for (const why of [...missing, ...noJq]) console.warn(`skipped: ${why}`);

const WORKFLOWS = ["d2b.yml", "many-customers.yml"].map((name) => resolve("tests/golden/ci", name));

describe("workflows are well-formed", () => {
  test.skipIf(typeof actionlint !== "string")("by actionlint, and their scripts by shellcheck", () => {
    const linted = lint(WORKFLOWS);
    expect(linted.stdout).toBe("");
    expect(linted.status).toBe(0);
  });

  test.skipIf(typeof actionlint !== "string")(
    "and actionlint looks: a planted fault in a script is found",
    () => {
      const text = readFileSync(WORKFLOWS[0]!, "utf8").replace('"$STACKS" --target', "$STACKS --target");
      const folder = mkdtempSync(join(tmpdir(), "platc-planted-"));
      writeFileSync(join(folder, "planted.yml"), text);
      expect(lint([join(folder, "planted.yml")]).stdout).toContain("SC2086");
      rmSync(folder, { recursive: true });
    },
  );

  test.skipIf(typeof checkJsonSchema !== "string")("by the schema of GitHub workflows", () => {
    const args = ["--builtin-schema", "vendor.github-workflows", ...WORKFLOWS];
    expect(execFileSync(String(checkJsonSchema), args, { encoding: "utf8" })).toContain("ok");
  });
});

interface Linted {
  readonly status: number | null;
  readonly stdout: string;
}

function lint(files: readonly string[]): Linted {
  const PATH = [...tools.folders, process.env["PATH"] ?? ""].join(":");
  return spawnSync(String(actionlint), files, { encoding: "utf8", env: { ...process.env, PATH } });
}

const EACH = `
variable "keys" { type = list(string) }
resource "terraform_data" "each" {
  for_each = toset(var.keys)
  input    = each.key
}
output "value" { value = length(terraform_data.each) }
`;

describe.skipIf(typeof act !== "string" || noJq.length > 0)("act runs the workflow on this machine", () => {
  let project: GithubProject;
  let first = "";

  interface Change {
    readonly raw?: string;
    readonly fails?: boolean;
    readonly more?: string;
  }

  const write = ({ raw = "a", fails = false, more = "" }: Change): void =>
    project.write(
      "platform.yaml",
      `version: 1
platform: t
state: { backend: local, config: { path: ${JSON.stringify(statesOf(project))} }, key: "t/{{stack.address}}/terraform.tfstate" }
environments: { dev: {}, prod: { after: dev, approval: manual } }
stacks:
  raw: { module: local/keep, inputs: { input: ${JSON.stringify(raw)} } }
  other: { module: local/keep, inputs: { input: o } }
  mid: { module: local/keep, inputs: { input: "{{outputs.raw.kept}}", fail: ${String(fails)} } }
  top: { module: local/keep, inputs: { input: "{{outputs.mid.kept}}" } }
${more}`,
    );

  const pullRequest = (repository = "example/t"): object => ({
    number: 7,
    pull_request: {
      number: 7,
      base: { sha: first, ref: "main" },
      head: { ref: "change", repo: { full_name: repository } },
    },
    repository: { full_name: "example/t" },
  });
  const push = { ref: "refs/heads/main" };

  beforeAll(() => {
    project = makeGithubProject(String(act));
    project.write("modules/local/each/main.tf", EACH);
    write({});
    first = project.commit("First");
  });

  afterAll(() => project.remove());

  test("a merge applies wave by wave, then prod by an approval of what was shown", async () => {
    const run = await project.act("push", push);
    expect(run.jobs, run.log).toEqual({
      select: "success",
      dev_wave_1: "success",
      dev_wave_2: "success",
      dev_wave_3: "success",
      dev_done: "success",
      prod_show: "success",
      prod_apply: "success",
      prod_done: "success",
    });
    expect(run.ended.filter((job) => job === "dev_wave_1")).toHaveLength(2);
    expect(run.ended.lastIndexOf("dev_wave_1")).toBeLessThan(run.ended.indexOf("dev_wave_2"));
    expect(run.ended.lastIndexOf("dev_wave_2")).toBeLessThan(run.ended.indexOf("dev_wave_3"));
    expect(["dev/top", "prod/top"].map(project.applied), run.log).toEqual(["a", "a"]);
    for (const name of ["dev", "prod"])
      expect(project.artifact(`platc-t-applied-${name}/applied`).trim()).toBe(first);
  });

  test("a pull request is planned, and has one comment per environment that is kept up to date", async () => {
    project.git("checkout", "--quiet", "-b", "change");
    write({ raw: "b" });
    project.commit("Change");
    const run = await project.act("pull_request", pullRequest());
    expect(run.jobs, run.log).toEqual({
      select: "success",
      rehearse: "success",
      plan: "success",
      comment: "success",
    });
    const [dev, prod, ...rest] = project.comments();
    expect(rest).toEqual([]);
    expect(dev?.body.split("\n").slice(0, 2)).toEqual(["<!-- platc-ci t dev -->", "### Plan: t, dev"]);
    expect(prod?.body.split("\n").slice(0, 2)).toEqual(["<!-- platc-ci t prod -->", "### Plan: t, prod"]);
    expect(dev?.body).toMatch(/<code>dev\/raw<\/code> \| planned \|/);
    expect(dev?.body).not.toContain("dev/other");

    write({});
    project.commit("Back again");
    const back = await project.act("pull_request", pullRequest());
    expect(back.jobs, back.log).toEqual({ select: "success", comment: "success" });
    expect(project.comments().map(({ id, edits, body }) => [id, edits, body.split("\n")[3]])).toEqual([
      [1, 1, "Nothing differs from the base of this pull request."],
      [2, 1, "Nothing differs from the base of this pull request."],
    ]);
    expect(project.applied("dev/raw")).toBe("a");
  });

  test("a pull request is rehearsed on top of its base, a fork's as well: what it replaces, destroys and makes", async () => {
    project.write("platform.yaml", project.read("platform.yaml").replace("  other:", "  another:"));
    project.write(
      "modules/local/keep/main.tf",
      project.read("modules/local/keep/main.tf").replace("input = var.input", "triggers_replace = var.input"),
    );
    project.commit("Another name, and what forces a new resource");
    const run = await project.act("pull_request", pullRequest("somebody/t"));
    expect(run.jobs, run.log).toEqual({ select: "success", rehearse: "success" });
    expect(run.ended.filter((job) => job === "rehearse")).toHaveLength(2);
    for (const name of ["dev", "prod"]) {
      const report = project.artifact(`platc-t-rehearse-${name}/rehearsal.md`);
      expect(report).toContain(`### Rehearsal: t, ${name}`);
      expect(report).toMatch(new RegExp(`<code>${name}/other</code> \\| destroyed \\| 0 \\| 0 \\| 1 \\|`));
      expect(report).toMatch(new RegExp(`<code>${name}/another</code> \\| applied \\| 1 \\| 0 \\| 0 \\|`));
      expect(report).toMatch(new RegExp(`<code>${name}/raw</code> \\| applied \\| 0 \\| 0 \\| 0 \\| 1 \\|`));
      expect(report).toContain("# forces replacement");
      expect(report).toContain("all of it was destroyed again: 4 stacks");
      expect(project.artifact(`platc-t-rehearse-${name}/rehearsal.xml`)).toContain("<testsuite");
    }
    // Nothing of it is where a merge applies.
    expect(project.applied("dev/another")).toBeUndefined();
    project.git("revert", "--no-edit", "HEAD");
  });

  test("a change that cannot be applied fails the job, and the report says why", async () => {
    write({ fails: true });
    project.commit("Breaks");
    const run = await project.act("pull_request", pullRequest());
    expect(run.jobs, run.log).toMatchObject({ select: "success", rehearse: "failure" });
    expect(project.artifact("platc-t-rehearse-dev/rehearsal.md")).toMatch(
      /<code>dev\/mid<\/code> \| \*\*failed\*\*/,
    );
    project.git("revert", "--no-edit", "HEAD");
  });

  test("a pull request that is not current fails, and is neither rehearsed nor planned", async () => {
    project.write(
      "platform.yaml",
      `${project.read("platform.yaml")}# not compiled\n  extra: { module: local/keep }\n`,
    );
    project.git("commit", "--quiet", "--all", "--message", "Stale");
    const run = await project.act("pull_request", pullRequest("somebody/t"));
    expect(run.jobs, run.log).toEqual({ select: "failure" });
    const own = await project.act("pull_request", pullRequest());
    expect(own.jobs, own.log).toEqual({ select: "failure", comment: "success" });
    expect(project.comments()[0]?.body).toContain("**Not planned:**");
    project.git("checkout", "--quiet", "main");
  });

  test("a wave that fails stops the next ones, and the next merge takes up what was not applied", async () => {
    write({ raw: "b", fails: true });
    project.commit("Breaks");
    const broken = await project.act("push", push);
    expect(broken.jobs, broken.log).toEqual({
      select: "success",
      dev_wave_1: "success",
      dev_wave_2: "failure",
      dev_done: "success",
      prod_done: "success",
    });
    expect(["dev/raw", "dev/top", "prod/raw"].map(project.applied)).toEqual(["b", "a", "a"]);
    expect(project.artifact("platc-t-applied-dev/applied").trim()).toBe(first);

    write({ raw: "b" });
    const mended = project.commit("Mends");
    const run = await project.act("push", push);
    expect(Object.values(run.jobs), run.log).not.toContain("failure");
    // Of the first wave 'other' does not differ, and has no job.
    expect(run.ended.filter((job) => job === "dev_wave_1")).toHaveLength(1);
    expect(["dev/top", "prod/top"].map(project.applied), run.log).toEqual(["b", "b"]);
    expect(project.artifact("platc-t-applied-prod/applied").trim()).toBe(mended);
  });

  test("what could be planned only at its turn waits, is no failure, and goes on when the workflow is run again", async () => {
    const before = project.artifact("platc-t-applied-prod/applied");
    write({
      raw: "b",
      more: `  seed: { environments: [prod], module: local/keep, inputs: { input: s } }
  many: { environments: [prod], module: local/each, inputs: { keys: ["{{outputs.seed.id}}"] } }
`,
    });
    const commit = project.commit("Waits");
    const run = await project.act("push", push);
    expect(run.jobs, run.log).toEqual({
      select: "success",
      dev_done: "success",
      prod_show: "success",
      prod_apply: "success",
      prod_done: "success",
    });
    expect(run.log).toContain("prod: waiting");
    expect(["prod/seed", "prod/many"].map(project.applied)).toEqual(["s", undefined]);
    expect(project.artifact("platc-t-applied-prod/applied")).toBe(before);

    const again = await project.act("workflow_dispatch", { inputs: { everything: false } });
    expect(Object.values(again.jobs), again.log).not.toContain("failure");
    expect(again.log).toContain("prod: applied");
    expect(project.applied("prod/many")).toBe(1);
    expect(project.artifact("platc-t-applied-prod/applied").trim()).toBe(commit);
  });

  test("an image is pushed before the stacks that name it, under the very name that they read, and only once", async () => {
    const more = `  seed: { environments: [prod], module: local/keep, inputs: { input: s } }
  many: { environments: [prod], module: local/each, inputs: { keys: ["{{outputs.seed.id}}"] } }
  runs: { app: hive, module: local/keep, inputs: { input: "{{app.image}}" } }
apps: { hive: { image: { context: images/hive, registry: registry.example.com/t } } }
`;
    project.write("images/hive/Dockerfile", "FROM scratch\n");
    write({ raw: "b", more });
    project.commit("Image");
    const run = await project.act("push", push);
    expect(Object.values(run.jobs), run.log).not.toContain("failure");
    expect(run.ended.indexOf("images_push")).toBeLessThan(run.ended.indexOf("dev_wave_1"));
    const image = project.applied("dev/runs");
    expect(image).toMatch(/^registry\.example\.com\/t\/hive:[0-9a-f]{16}$/);
    expect(project.applied("prod/runs")).toBe(image);
    const asked = `manifest inspect ${String(image)}`;
    expect(project.dockerCalls()).toEqual([
      asked,
      `build --tag ${String(image)} images/hive`,
      `push ${String(image)}`,
    ]);

    const again = await project.act("workflow_dispatch", { inputs: { everything: "true" } });
    expect(again.jobs["images_push"], again.log).toBe("success");
    expect(project.dockerCalls()).toEqual([asked]);

    project.git("checkout", "--quiet", "-b", "image");
    project.write("images/hive/Dockerfile", "FROM scratch\nCOPY . /\n");
    project.commit("Another image");
    const proposed = await project.act("pull_request", pullRequest());
    expect(proposed.jobs, proposed.log).toMatchObject({ images: "success", plan: "success" });
    const [, tag] = project.platc("ci", "image", "hive").trim().split("/t/");
    expect(project.dockerCalls()).toEqual([`build --tag ${tag!} images/hive`]);
    expect(tag).not.toBe(String(image).split("/t/")[1]);
  });
});
