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

function pullRequestOf({
  base,
  head,
  repository,
}: Readonly<Record<"base" | "head" | "repository", string>>): object {
  return {
    number: 7,
    pull_request: {
      number: 7,
      base: { sha: base, ref: "main" },
      head: { ref: "change", sha: head, repo: { full_name: repository } },
    },
    repository: { full_name: "example/t" },
  };
}

const NOTHING_DIFFERS = "Nothing differs from the base of this pull request.";
const TITLES = ["dev", "prod"].flatMap((name) => [`### Plan: t, ${name}`, `### Rehearsal: t, ${name}`]);

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

  const pullRequest = (repository = "example/t", head = project.git("rev-parse", "HEAD")): object =>
    pullRequestOf({ base: first, head, repository });
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
      rehearse_comment: "success",
      plan: "success",
      comment: "success",
    });
    expect(project.comments()).toHaveLength(TITLES.length);
    for (const name of ["dev", "prod"]) {
      const plan = project.comment(`### Plan: t, ${name}`).body;
      expect(plan.split("\n")[0]).toBe(`<!-- platc-ci t ${name} -->`);
      expect(plan).toMatch(new RegExp(`<code>${name}/raw</code> \\| planned \\|`));
      expect(plan).not.toContain(`${name}/other`);
      const rehearsal = project.comment(`### Rehearsal: t, ${name}`).body;
      expect(rehearsal.split("\n")[0]).toBe(`<!-- platc-ci t ${name} rehearsal -->`);
      expect(rehearsal.split("\n")[3]).toBe(
        "**Resources: 3 changed**, in 4 stacks: 1 up to date, 3 applied.",
      );
    }
    for (const title of TITLES)
      expect(project.comment(title).body).toMatch(
        /\n\n\[The log\]\(https:\S+\) and its artifacts have all of it\.\n$/,
      );
    const bodies = TITLES.map((title) => project.comment(title).body);

    write({});
    project.commit("Back again");
    // A run of the commit before ends only now.
    const late = await project.act(
      "pull_request",
      pullRequest("example/t", project.git("rev-parse", "HEAD^")),
    );
    expect(late.jobs, late.log).toEqual({
      select: "success",
      comment: "success",
      rehearse_comment: "success",
    });
    expect(late.log).toContain("There is a later commit: its run writes the comments");
    expect(TITLES.map((title) => project.comment(title).body)).toEqual(bodies);

    const back = await project.act("pull_request", pullRequest());
    expect(back.jobs, back.log).toEqual({
      select: "success",
      comment: "success",
      rehearse_comment: "success",
    });
    expect(project.comments()).toHaveLength(TITLES.length);
    for (const title of TITLES)
      expect([project.comment(title).edits, project.comment(title).body.split("\n")[3]], title).toEqual([
        1,
        NOTHING_DIFFERS,
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
      expect(report).toContain(
        `**Replaced**\n\n- <code>${name}/raw</code> <code>module.raw.terraform&#95;data.this</code>, because of triggers&#95;replace\n`,
      );
      expect(report).toContain(
        `**Destroyed**\n\n- <code>${name}/other</code> <code>module.other.terraform&#95;data.this</code>`,
      );
      expect(report).toContain("all of it was destroyed again: 4 stacks");
      expect(project.artifact(`platc-t-rehearse-${name}/rehearsal.xml`)).toContain("<testsuite");
    }
    // A fork's token may not write: its summary is all that there is.
    for (const title of TITLES) expect(project.comment(title).body, title).toContain(NOTHING_DIFFERS);
    // Nothing of it is where a merge applies.
    expect(project.applied("dev/another")).toBeUndefined();
    project.git("revert", "--no-edit", "HEAD");
  });

  test("a change that cannot be applied fails the job, and the comment says why and where", async () => {
    write({ fails: true });
    project.commit("Breaks");
    const run = await project.act("pull_request", pullRequest());
    expect(run.jobs, run.log).toMatchObject({
      select: "success",
      rehearse: "failure",
      rehearse_comment: "success",
    });
    const { body } = project.comment("### Rehearsal: t, dev");
    expect(body).toMatch(/\n\*\*1 stack failed\.\*\* /);
    expect(body).toMatch(
      /\*\*Failed\*\*\n\n- <code>dev\/mid<\/code> .*, at modules\/local\/keep\/main\.tf:\d+/,
    );
    expect(body).toContain("**Not tried**\n\n- <code>dev/top</code> blocked by dev/mid\n");
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
    expect(own.jobs, own.log).toEqual({
      select: "failure",
      comment: "success",
      rehearse_comment: "success",
    });
    expect(project.comment("### Plan: t, dev").body).toContain("**Not planned:**");
    expect(project.comment("### Rehearsal: t, dev").body).toContain("**Not rehearsed:**");
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

describe.skipIf(typeof act !== "string" || noJq.length > 0)(
  "act runs a workflow that rehearses, and no more",
  () => {
    let project: GithubProject;
    let first = "";

    const write = (raw: string, fails = false): void =>
      project.write(
        "platform.yaml",
        `version: 1
platform: t
state: { backend: s3, config: { bucket: nowhere, region: eu-west-1 } }
ci: { github: { target: rehearsal } }
environments: { dev: { target: rehearsal }, prod: { after: dev, target: rehearsal, approval: manual } }
stacks:
  raw: { module: local/keep, inputs: { input: ${JSON.stringify(raw)} } }
  top: { environments: [dev], module: local/keep, inputs: { input: "{{outputs.raw.kept}}", fail: ${String(fails)} } }
`,
      );
    const pullRequest = (repository = "example/t"): object =>
      pullRequestOf({ base: first, head: project.git("rev-parse", "HEAD"), repository });

    beforeAll(() => {
      project = makeGithubProject(String(act));
      write("a");
      first = project.commit("First");
    });

    afterAll(() => project.remove());

    test("a merge is rehearsed from nothing, with no approval and no comment", async () => {
      const run = await project.act("push", { ref: "refs/heads/main" });
      expect(run.jobs, run.log).toEqual({ select: "success", rehearse: "success" });
      expect(run.ended).toEqual(["select", "rehearse", "rehearse"]);
      expect(project.artifact("platc-t-rehearse-dev/rehearsal.md")).toContain(
        "**Resources: 2 added**, in 2 stacks: 2 applied.",
      );
      expect(project.artifact("platc-t-rehearse-prod/rehearsal.md")).toContain("rehearsed from nothing");
      expect(project.comments()).toEqual([]);
      expect(project.artifacts()).toEqual(["platc-t-rehearse-dev", "platc-t-rehearse-prod"]);
    });

    test("a change is rehearsed where it differs, and its comment says what it does", async () => {
      project.git("checkout", "--quiet", "-b", "change");
      write("b");
      project.commit("Change");
      const run = await project.act("pull_request", pullRequest());
      expect(run.jobs, run.log).toEqual({
        select: "success",
        rehearse: "success",
        rehearse_comment: "success",
      });
      expect(project.comments()).toHaveLength(2);
      expect(project.comment("### Rehearsal: t, dev").body).toContain(
        "**Resources: 2 changed**, in 2 stacks: 2 applied.",
      );
      expect(project.comment("### Rehearsal: t, prod").body).toContain(
        "**Resources: 1 changed**, in 1 stack",
      );
    });

    test("one that cannot be applied fails its job alone; the comment is the same one", async () => {
      const before = project.comment("### Rehearsal: t, dev").id;
      write("b", true);
      project.commit("Breaks");
      const run = await project.act("pull_request", pullRequest());
      expect(run.code).not.toBe(0);
      expect(run.jobs, run.log).toEqual({
        select: "success",
        rehearse: "failure",
        rehearse_comment: "success",
      });
      expect(project.artifact("platc-t-rehearse-dev/rehearsal.xml")).toContain("<failure");
      const { id, body } = project.comment("### Rehearsal: t, dev");
      expect(id).toBe(before);
      expect(body).toMatch(/\*\*Failed\*\*\n\n- <code>dev\/top<\/code> /);
      expect(project.comment("### Rehearsal: t, prod").body).toContain("**Resources: 1 changed**");
    });

    test("a fork's change is rehearsed as well, and fails as well; nothing is written to its pull request", async () => {
      const before = project.comments();
      const run = await project.act("pull_request", pullRequest("somebody/t"));
      expect(run.jobs, run.log).toEqual({ select: "success", rehearse: "failure" });
      expect(project.comments()).toEqual(before);
    });

    test("what is not current is not rehearsed, and the comment says so", async () => {
      project.write("platform.yaml", `${project.read("platform.yaml")}  extra: { module: local/keep }\n`);
      project.git("commit", "--quiet", "--all", "--message", "Stale");
      const run = await project.act("pull_request", pullRequest());
      expect(run.jobs, run.log).toEqual({ select: "failure", rehearse_comment: "success" });
      for (const name of ["dev", "prod"])
        expect(project.comment(`### Rehearsal: t, ${name}`).body).toContain("**Not rehearsed:**");
    });
  },
);
