import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type CommandResult, compiled, makeProject, type Project } from "../run/project.ts";
import { FROM_PACKS, lacksTerraform, rehearseApply, touched, worldOf } from "./rehearsed-project.ts";

const reason = lacksTerraform === undefined ? "" : ` (skipped: ${lacksTerraform})`;

const HEAD = `version: 1
platform: t
terraform:
  providers:
    aws: { source: hashicorp/aws, version: "~> 5.100", config: { region: eu-west-1 } }
    azurerm: { source: hashicorp/azurerm, version: "~> 4.0", config: { features: [{}] } }
state: { backend: s3, config: { bucket: nowhere, region: eu-west-1 } }
environments: { core: { shared: true }, dev: {}, prod: { after: dev, approval: manual } }
`;
const BUCKET = `variable "bucket" { type = string }
resource "aws_s3_bucket" "this" { bucket = var.bucket }
`;
const ASSERTS = `resource "terraform_data" "one" {}
check "never" {
  assert {
    condition     = terraform_data.one.id == ""
    error_message = "it has an id"
  }
}
`;
const BUCKETS = `${HEAD}stacks:
  base: { environments: [core], module: local/keep, inputs: { input: a } }
  log: { environments: [dev], module: local/bucket, inputs: { bucket: "{{environment.name}}-{{stack.name}}" } }
  raw: { environments: [dev], module: local/bucket, inputs: { bucket: "shop-raw" } }
  plain: { environments: [dev], module: local/keep, inputs: { input: "{{outputs.base.kept}}" } }
  same: { environments: [dev, prod], module: local/keep, inputs: { input: s } }
`;

describe.skipIf(reason !== "")(
  `a change is rehearsed on top of a revision${reason}`,
  { timeout: 600_000 },
  () => {
    let project: Project;

    const git = (...args: readonly string[]): void =>
      void execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", ...args], {
        cwd: project.root,
        stdio: "pipe",
      });
    const commit = (text: string): void => {
      project.write("platform.yaml", text);
      git("add", "--all");
      git("commit", "--quiet", "--message", "base");
    };
    const change = (text: string): void => project.write("platform.yaml", text);
    const rehearse = (...args: readonly string[]): Promise<CommandResult> => project.run("rehearse", ...args);
    const notesOf = (result: CommandResult): string =>
      result.events.flatMap((event) => (event.kind === "note" ? [String(event["message"])] : [])).join("\n");
    const outcomeOf = (result: CommandResult, address: string): unknown =>
      (result.events.find(({ kind }) => kind === "run-finished")?.["outcomes"] as Record<string, unknown>)[
        address
      ];
    const workspaces = (): readonly string[] =>
      readdirSync(join(project.root, ".platc")).filter((name) => name.startsWith("rehearse-"));

    beforeEach(() => {
      project = makeProject({ ".gitignore": ".platc/\n", "modules/local/bucket/main.tf": BUCKET });
      Object.assign(project.environment, FROM_PACKS);
      git("init", "--quiet");
    });
    afterEach(() => project.remove("."));

    test("what it changes, replaces, and destroys and makes under another name is shown; all else is left alone", async () => {
      commit(BUCKETS);
      await compiled(project);
      expect(await rehearseApply(project, "core")).toMatchObject({ code: 0 });
      const mine = worldOf(project, "t");
      change(
        BUCKETS.replace("  log:", "  logs:")
          .replace('"shop-raw"', '"shop-rawer"')
          .replace("input: a", "input: b"),
      );
      const result = await rehearse(
        "dev",
        "--base",
        "HEAD",
        "--markdown",
        "report.md",
        "--junit",
        "report.xml",
      );
      expect(result, result.stdout + result.stderr).toMatchObject({
        code: 0,
        statuses: {
          "core/base": "applied",
          "dev/log": "destroyed",
          "dev/logs": "applied",
          "dev/plain": "applied",
          "dev/raw": "applied",
          "dev/same": "up-to-date",
        },
      });
      expect(touched(result)).toEqual({
        "core/base": "+0 ~1 -0",
        "dev/logs": "+1 ~0 -0",
        "dev/plain": "+0 ~1 -0",
        "dev/raw": "+0 ~0 -0",
      });
      expect(outcomeOf(result, "dev/raw")).toMatchObject({ summary: { replace: 1 } });
      expect(outcomeOf(result, "dev/log")).toMatchObject({ destroyed: 1 });
      expect(notesOf(result)).toMatch(
        /rehearsed on top of HEAD \([0-9a-f]{12}\): 5 stacks applied there first/,
      );
      expect(notesOf(result)).toContain("'dev/logs' looks like 'dev/log' under a new name");
      expect(notesOf(result)).toContain("all of it was destroyed again: 5 stacks");
      const markdown = project.read("report.md");
      expect(markdown).toContain("### Rehearsal: t, dev");
      expect(markdown).toContain('"shop-raw" -> "shop-rawer" # forces replacement');
      expect(project.read("report.xml")).toContain('name="dev/logs"');
      expect([workspaces(), worldOf(project, "t")]).toEqual([[], mine]);
    });

    test("an environment of the base alone is destroyed, and a rehearsal of another one names it", async () => {
      commit(BUCKETS);
      change(
        BUCKETS.replace("dev: {}, prod: { after: dev, approval: manual }", "prod: {}")
          .replace(/^ {2}(log|raw|plain): .*\n/gm, "")
          .replace("environments: [dev, prod]", "environments: [prod]"),
      );
      const result = await rehearse("dev", "--base", "HEAD");
      expect(result, result.stdout + result.stderr).toMatchObject({
        code: 0,
        statuses: {
          "dev/log": "destroyed",
          "dev/plain": "destroyed",
          "dev/raw": "destroyed",
          "dev/same": "destroyed",
        },
      });
      expect(notesOf(result)).toContain(
        "environment 'dev' has left the spec, with 4 stacks: a merge destroys none",
      );
      const other = await rehearse("prod", "--base", "HEAD");
      expect(notesOf(other)).toContain("environment 'dev' has left the spec, with 4 stacks");
      expect(other.code).toBe(0);
      const typo = await rehearse("devv", "--base", "HEAD");
      expect(typo).toMatchObject({
        code: 64,
        stderr: expect.stringContaining("there is no environment 'devv'"),
      });
      const select = await project.show("ci", "select", "--base", "HEAD");
      expect(select.stdout).toMatch(/^rehearse=\["dev"\]$/m);
      expect(select.stdout).toContain('gone=["dev"]');
      expect(select.stderr).toContain("environment 'dev' has left the spec: 4 stacks");
    });

    test("with 'moved:' nothing is made and nothing destroyed; an assertion that failed before is not told", async () => {
      project.write("modules/local/asserts/main.tf", ASSERTS);
      const spec = `${BUCKETS}  asserts: { environments: [dev], module: local/asserts }\n`;
      commit(spec);
      change(spec.replace("  log: {", "  logs: { moved: [log],").replace("-{{stack.name}}", "-log"));
      const result = await rehearse("dev", "--base", "HEAD");
      expect(result.code, result.stdout + result.stderr).toBe(0);
      expect(touched(result)).toEqual({ "dev/logs": "+0 ~0 -0" });
      expect(result.statuses["dev/asserts"]).toBe("up-to-date");
      expect(result.events.at(-1)).not.toHaveProperty("warnings");
    });

    test("what cannot be applied on top fails, and says how to rehearse it again", async () => {
      const fixed = BUCKETS.replace("{{environment.name}}-{{stack.name}}", "taken");
      commit(fixed);
      change(fixed.replace("  log:", "  logs:"));
      const result = await project.show("rehearse", "dev", "--base", "HEAD", "--markdown", "report.md");
      expect(result.code).toBe(1);
      expect(result.stdout).toContain("already exists");
      expect(result.stdout).toContain(
        "next: mend what failed, then run `platc rehearse dev --base HEAD` again",
      );
      expect(result.stdout).not.toMatch(/goes on from there|rehearsal reset/);
      expect(result.stdout).toContain("'moved: [EARLIER]' of it carries over what it has made");
      expect(result.stdout).toContain("(not pruned: the same command destroys it once the rest is done)");
      expect(result.stdout).toContain("whether it can be destroyed was not tried");
      expect(project.read("report.md")).toMatch(/<code>dev\/logs<\/code> \| \*\*failed\*\*/);
    });

    test("what cannot be destroyed again fails; what 'prevent_destroy' keeps does not", async () => {
      project.write(
        "modules/local/group/main.tf",
        'resource "azurerm_resource_group" "this" {\n  name     = "g"\n  location = "westeurope"\n}\n',
      );
      project.write(
        "modules/local/network/main.tf",
        'resource "azurerm_virtual_network" "this" {\n  name                = "n"\n  location            = "westeurope"\n  resource_group_name = "g"\n  address_space       = ["10.0.0.0/16"]\n}\n',
      );
      project.write(
        "modules/local/kept/main.tf",
        'resource "terraform_data" "this" {\n  lifecycle { prevent_destroy = true }\n}\n',
      );
      const spec = `${HEAD}stacks:
  group: { environments: [dev], module: local/group }
  network: { environments: [dev], module: local/network, after: [group] }
  kept: { environments: [prod], module: local/kept }
`;
      commit(spec);
      change(
        spec.replace("local/group }", "local/group, after: [network] }").replace(", after: [group]", ""),
      );
      const result = await rehearse("dev", "--base", "HEAD");
      expect(result, result.stdout + result.stderr).toMatchObject({
        code: 1,
        statuses: { "dev/group": "failed", "dev/network": "up-to-date" },
      });
      expect(JSON.stringify(outcomeOf(result, "dev/group"))).toContain("cannot be destroyed again");
      const kept = await rehearse("prod");
      expect(kept, kept.stdout + kept.stderr).toMatchObject({
        code: 0,
        statuses: { "prod/kept": "applied" },
      });
      expect(notesOf(kept)).toContain("'prod/kept' holds what 'prevent_destroy' keeps, and stays");
    });

    test("what is protected from deletion stays without a failure; what only lacks a snapshot's name fails", async () => {
      project.write(
        "modules/local/database/main.tf",
        `variable "protected" { type = bool }
resource "aws_db_instance" "this" {
  identifier          = "orders"
  instance_class      = "db.t4g.micro"
  deletion_protection = var.protected
}
`,
      );
      const spec = `${HEAD}stacks:
  network: { environments: [dev], module: local/keep, inputs: { input: a } }
  database: { environments: [dev], module: local/database, inputs: { protected: true }, after: [network] }
`;
      commit(spec);
      const kept = await rehearse("dev");
      expect(kept, kept.stdout + kept.stderr).toMatchObject({
        code: 0,
        statuses: { "dev/network": "applied", "dev/database": "applied" },
      });
      expect(notesOf(kept)).toContain("'dev/database' holds what is protected from deletion, and stays");
      expect(notesOf(kept)).toContain("what can be was destroyed again: 0 stacks");
      change(spec.replace("protected: true", "protected: false"));
      const unnamed = await rehearse("dev");
      expect(unnamed, unnamed.stdout + unnamed.stderr).toMatchObject({
        code: 1,
        statuses: { "dev/database": "failed" },
      });
      expect(JSON.stringify(outcomeOf(unnamed, "dev/database"))).toContain(
        "cannot be deleted: 'skip_final_snapshot' is false, and 'final_snapshot_identifier' is not set",
      );
    });

    test("a base that has mistakes, fails, or lacks the environment makes all of that new, and says so", async () => {
      commit(`${HEAD}stacks: { same: { environments: [dev, prod], module: local/none } }\n`);
      change(BUCKETS);
      const broken = await rehearse("core", "--base", "HEAD");
      expect(broken, broken.stdout + broken.stderr).toMatchObject({
        code: 0,
        statuses: { "core/base": "applied" },
      });
      expect(notesOf(broken)).toMatch(/HEAD \([0-9a-f]{12}\) cannot be rehearsed, so everything is new/);

      commit(BUCKETS.replace("input: s", "input: s, fail: true"));
      change(BUCKETS);
      const mended = await rehearse("dev", "--base", "HEAD");
      expect(mended, mended.stdout + mended.stderr).toMatchObject({
        code: 0,
        statuses: { "dev/same": "applied", "dev/raw": "up-to-date" },
      });
      expect(notesOf(mended)).toMatch(/what failed there is new here: 'dev\/same' \(/);

      change(
        BUCKETS.replace("core: { shared: true }", "core: { shared: true }, new: { shared: true }").replace(
          "  same:",
          "  more: { environments: [new], module: local/keep }\n  same:",
        ),
      );
      const added = await rehearse("new", "--base", "HEAD");
      expect(added).toMatchObject({ code: 0, statuses: { "new/more": "applied" } });
      expect(notesOf(added)).toMatch(/HEAD \(.*\) has no environment 'new': all of it is new/);
    });

    test("an environment that lost its stacks", async () => {
      commit(BUCKETS);
      change(
        BUCKETS.replace("[core], module: local/keep", "[dev], module: local/keep").replace(
          "core/base",
          "base",
        ),
      );
      const result = await rehearse("core", "--base", "HEAD");
      expect(result, result.stdout + result.stderr).toMatchObject({
        code: 0,
        statuses: { "core/base": "destroyed" },
      });
    });

    test("what is typed wrong is refused before anything starts", async () => {
      commit(BUCKETS);
      const said = async (...args: readonly string[]): Promise<string> => {
        const { code, stderr } = await project.show("rehearse", ...args);
        return `${code} ${stderr}`;
      };
      expect(await said()).toBe(
        "64 platc: say which environment\n  name one or more of 'core', 'dev', 'prod'\n",
      );
      expect(await said("dve")).toContain("64 platc: there is no environment 'dve'\n");
      expect(await said("dev", "--base", "nothing")).toMatch(
        /^1 platc: there is no revision 'nothing'\n {2}in CI/,
      );
      expect(await said("dev", "--base", "HEAD", "--parallelism", "none")).toMatch(
        /^64 platc: rehearsing HEAD .*\nplatc: 'none' is no number of stacks\n/,
      );
      expect(workspaces()).toEqual([]);
    });

    test("what a rehearsal left that was ended by force is removed by the next, and by a reset", async () => {
      change(BUCKETS);
      const leave = (name: string, pid: number): void => {
        const folder = join(project.root, ".platc", name, ".platc");
        mkdirSync(folder, { recursive: true });
        const own = JSON.parse(readFileSync(join(project.root, ".platc", "owner.json"), "utf8")) as Record<
          string,
          unknown
        >;
        writeFileSync(join(folder, "owner.json"), JSON.stringify({ ...own, pid }));
      };
      const { identifyProcess } = await import("../../src/stores/process-identity.ts");
      mkdirSync(join(project.root, ".platc"), { recursive: true });
      project.write(".platc/owner.json", JSON.stringify({ ...identifyProcess(), born: null }));
      leave("rehearse-dead", 2 ** 30);
      leave("rehearse-living", process.pid);
      expect(await rehearse("core")).toMatchObject({ code: 0 });
      expect(workspaces()).toEqual(["rehearse-living"]);
      leave("rehearse-dead", 2 ** 30);
      expect(await project.show("rehearsal", "reset")).toMatchObject({ code: 0 });
      expect(workspaces()).toEqual(["rehearse-living"]);
    });
  },
);
