import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compiled, makeProject, type Project } from "../run/project.ts";
import {
  FROM_PACKS,
  lacksTerraform,
  rehearse,
  rehearseApply,
  reportOf,
  worldOf,
} from "./rehearsed-project.ts";

const reason = lacksTerraform === undefined ? "" : ` (skipped: ${lacksTerraform})`;

/** A resource that, wherever it is made for real, leaves a file `ran-NAME` behind, and another when it goes. */
function runs(root: string, name: string): string {
  return `
resource "terraform_data" "${name}" {
  input = "${root}/ran-${name}"
  /* also */ provisioner /* this */ "local-exec" { command = "touch \${self.input}" }
  provisioner "local-exec" {
    when    = destroy
    command = "touch \${self.input}-destroyed"
  }
}
`;
}

function runsJson(root: string, name: string): string {
  return JSON.stringify({
    resource: [
      {
        terraform_data: {
          [name]: [{ provisioner: [{ "local-exec": { command: `touch ${root}/ran-${name}` } }] }],
        },
      },
    ],
    removed: {
      from: "terraform_data.gone",
      lifecycle: { destroy: true },
      provisioner: { "local-exec": { when: "destroy", command: `touch ${root}/ran-removed` } },
    },
  });
}

/** What would make a file for real, read anew in each plan. */
function asks(root: string, name: string): string {
  return `
terraform {
  required_providers {
    outside = { source = "hashicorp/external" }
    aws     = { source = "hashicorp/aws" }
  }
}
data "external" "this" {
  provider = outside
  program  = ["sh", "-c", "touch ${root}/ran-${name}; echo '{}'"]
}
resource "aws_s3_bucket" "this" { bucket = "fetched-bucket" }
`;
}

function repository(project: Project, folder: string): string {
  const git = (...args: readonly string[]): unknown =>
    execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.invalid", ...args], {
      cwd: join(project.root, folder),
    });
  git("init", "-q");
  git("add", "-A");
  git("commit", "-q", "-m", "all");
  return `git::file://${project.root}/${folder}`;
}

function twice(name: string): readonly string[] {
  return [`${name} local-exec`, `${name} local-exec`];
}

const HEAD = `version: 1
platform: t
terraform: { providers: { aws: { source: hashicorp/aws, version: "~> 5.0" } } }
state: { backend: local, config: { path: states }, key: "{{stack.address}}/terraform.tfstate" }
environments: { dev: {} }
`;

describe.skipIf(reason !== "")(`modules that compile has not read${reason}`, { timeout: 120_000 }, () => {
  let project: Project;
  let source: string;

  beforeAll(async () => {
    project = makeProject({});
    const { root } = project;
    project.write("fetched/main.tf", `module "deep" {\n  source = "./deep"\n}\n${runs(root, "fetched")}`);
    project.write("fetched/deep/main.tf", runs(root, "deep") + asks(root, "external"));
    project.write("fetched/deep/more.tf.json", runsJson(root, "deep-json"));
    source = repository(project, "fetched");
    project.write("modules/local/outer/main.tf", `module "inner" {\n  source = "./inner"\n}\n`);
    project.write(
      "modules/local/outer/inner/main.tf",
      `${runs(root, "inner")}\nmodule "got" {\n  source = "${source}"\n}\n`,
    );
    project.write("modules/local/loose/main.tf", `module "inner" {\n  source = "../loose-inner"\n}\n`);
    project.write("modules/local/loose-inner/a.tf.json", runsJson(root, "loose"));
    project.write(
      "modules/local/loose-inner/b.tf",
      asks(root, "loose-external").replace("fetched-", "loose-"),
    );
    project.write(
      "platform.yaml",
      `${HEAD}stacks:
  nested: { module: local/outer }
  extra:
    module: local/keep
    extra:
      module: { loose: { source: ../../../../modules/local/loose } }
      terraform: { required_providers: { external: { source: hashicorp/external } } }
`,
    );
    Object.assign(project.environment, FROM_PACKS);
    await compiled(project);
  });

  afterAll(() => project.remove("."));

  const ran = (): readonly string[] => readdirSync(project.root).filter((name) => name.startsWith("ran"));

  test("no program runs, what they make is made, and the report counts what was left out", async () => {
    const applied = await rehearseApply(project, "dev");
    expect(ran()).toEqual([]);
    expect(applied.code, applied.stdout.slice(-3000) + applied.stderr).toBe(0);
    expect(worldOf(project, "t")).toEqual(["aws_s3_bucket fetched-bucket", "aws_s3_bucket loose-bucket"]);
    const dropped = reportOf(applied).unchecked.find(({ what }) => what.startsWith("provisioners"));
    expect(dropped?.names).toEqual([
      ...["dev/extra", "dev/nested", "dev/nested nested.inner.got"].flatMap((name) => twice(name)),
      ...twice("dev/nested nested.inner.got.deep"),
      ...twice("dev/nested nested.inner.got.deep"),
    ]);
  });

  test("planned anew nothing has changed, and destroying runs none either", async () => {
    const again = await rehearse(project, "plan", "dev", "--refresh");
    expect(again.code, again.stdout.slice(-3000) + again.stderr).toBe(0);
    const destroyed = await rehearse(project, "destroy", "dev", "--auto-approve");
    expect(destroyed.code, destroyed.stdout.slice(-3000) + destroyed.stderr).toBe(0);
    expect(ran()).toEqual([]);
    expect(worldOf(project, "t")).toEqual([]);
  });

  test("a module by an absolute path is a link to the user's own files: it is refused, and they stay", async () => {
    const own = makeProject({});
    own.write("elsewhere/main.tf", runs(own.root, "own"));
    const text = own.read("elsewhere/main.tf");
    own.write(
      "platform.yaml",
      `${HEAD}stacks:
  raw: { module: local/keep, extra: { module: { own: { source: "${own.root}/elsewhere" } } } }
`,
    );
    Object.assign(own.environment, FROM_PACKS);
    await compiled(own);
    const refused = await rehearseApply(own, "dev");
    expect(refused.code).toBe(1);
    expect(refused.stdout + refused.stderr).toContain("has a provisioner in");
    expect(existsSync(join(own.root, "ran-own"))).toBe(false);
    expect(own.read("elsewhere/main.tf")).toBe(text);
    own.remove(".");
  });

  test("a state that a fetched module reads is refused: it would be read for real", async () => {
    const reads = makeProject({});
    reads.write(
      "fetched/main.tf",
      'data "terraform_remote_state" "net" {\n  backend = "local"\n  config  = { path = "other.tfstate" }\n}\n',
    );
    reads.write(
      "platform.yaml",
      `${HEAD}stacks:
  raw: { module: local/keep, extra: { module: { own: { source: "${repository(reads, "fetched")}" } } } }
`,
    );
    Object.assign(reads.environment, FROM_PACKS);
    await compiled(reads);
    const refused = await rehearse(reads, "plan", "dev");
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain("'dev/raw' reads a state that is none of this platform's");
    reads.remove(".");
  });

  test("a module that cannot be fetched is told of before anything starts", async () => {
    const lost = makeProject({});
    lost.write(
      "platform.yaml",
      `${HEAD}stacks:
  raw: { module: local/keep, extra: { module: { own: { source: "git::file://${lost.root}/nowhere" } } } }
`,
    );
    Object.assign(lost.environment, FROM_PACKS);
    await compiled(lost);
    const refused = await rehearseApply(lost, "dev");
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain("the modules that 'dev/raw' calls could not be fetched");
    lost.remove(".");
  });
});
