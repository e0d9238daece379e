import { execFileSync } from "node:child_process";
import { chmodSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeProject } from "../../run/project.ts";

const project = makeProject({
  "platform.yaml": `version: 1
platform: t
state: { backend: local, config: { path: states }, key: "{{stack.address}}/terraform.tfstate" }
environments: { core: { shared: true }, dev: {}, prod: { after: dev } }
apps:
  hive: { image: { context: images/hive, registry: "{{outputs.registry.id}}/" } }
  superset: { image: { context: images/superset, registry: registry.example.com/t } }
stacks:
  registry: { environments: [core], module: local/keep, inputs: { input: shop } }
  hive: { app: hive, module: local/keep, inputs: { input: "{{app.image}}" } }
  superset: { app: superset, module: local/keep, inputs: { input: "{{app.image}}" } }
  dashboards: { module: local/keep, inputs: { input: "{{outputs.superset.id}}" } }
`,
  "images/hive/Dockerfile": "FROM scratch\nCOPY . /\n",
  "images/hive/start.sh": "exec java\n",
  "images/hive/.dockerignore": "*.md\n",
  "images/superset/Dockerfile": "FROM scratch\n",
  ".gitignore": "out/\nstates/\n.platc/\n",
  ".gitattributes": "* text=auto eol=lf\n",
});

beforeAll(() => {
  git("init", "-q");
  commit();
});
afterAll(() => project.remove("."));

function git(...args: readonly string[]): string {
  return execFileSync("git", ["-c", "user.name=x", "-c", "user.email=x@example.com", ...args], {
    cwd: project.root,
    encoding: "utf8",
  });
}

function commit(): void {
  git("add", "-A");
  git("commit", "-qm", "x");
}

async function affected(): Promise<readonly string[]> {
  const { code, stdout } = await project.show("affected", "--base", "HEAD", "--json");
  expect(code).toBe(0);
  return stdout.match(/(?:core|dev|prod)\/\w+/g) ?? [];
}

async function imagesSinceHead(): Promise<unknown> {
  const { stdout } = await project.show("ci", "select", "--base", "HEAD");
  return JSON.parse(/^images=(.*)$/m.exec(stdout)?.[1] ?? "");
}

/** What Terraform is told of the image of superset. */
async function inputOf(stack: string): Promise<string> {
  await project.show("compile");
  const main = JSON.parse(project.read(`out/t/dev/${stack}/main.tf.json`)) as {
    module: Record<string, { input: string }>;
  };
  return main.module[stack]!.input;
}

test("nothing differs from the same files in git, whatever their modes and links", async () => {
  chmodSync(join(project.root, "images/hive/start.sh"), 0o755);
  symlinkSync("start.sh", join(project.root, "images/hive/run.sh"));
  expect(await imagesSinceHead()).toMatchObject([{ app: "hive" }]);
  commit();
  expect([await affected(), await imagesSinceHead()]).toEqual([[], []]);
});

test("what Docker is not sent makes no other tag", async () => {
  project.write("images/hive/README.md", "How to build it.\n");
  expect([await affected(), await imagesSinceHead()]).toEqual([[], []]);
  commit();
});

test("a changed file makes another tag: its stacks and what reads them are affected, and that very tag is built", async () => {
  const before = await inputOf("superset");
  project.write("images/superset/requirements.txt", "superset\n");
  expect(await affected()).toEqual(
    expect.arrayContaining(["dev/superset", "prod/superset", "dev/dashboards", "prod/dashboards"]),
  );
  expect(await affected()).not.toEqual(expect.arrayContaining(["dev/hive"]));
  const name = await inputOf("superset");
  expect(name).not.toBe(before);
  const [, tag] = /^registry\.example\.com\/t\/superset:([0-9a-f]{16})$/.exec(name)!;
  expect(await imagesSinceHead()).toEqual([{ app: "superset", context: "images/superset", tag }]);
  expect((await project.show("ci", "image", "superset")).stdout).toBe(`${name}\n`);
  commit();
});

test("another mode makes another tag; another registry is pushed to again", async () => {
  chmodSync(join(project.root, "images/hive/start.sh"), 0o644);
  expect(await imagesSinceHead()).toMatchObject([{ app: "hive", context: "images/hive" }]);
  commit();
  rmSync(join(project.root, "images/hive/run.sh"));
  symlinkSync("Dockerfile", join(project.root, "images/hive/run.sh"));
  expect(await imagesSinceHead()).toMatchObject([{ app: "hive" }]);
  commit();
  project.write(
    "platform.yaml",
    project.read("platform.yaml").replace("registry.example.com/t", "registry.example.com/u"),
  );
  expect(await imagesSinceHead()).toMatchObject([{ app: "superset" }]);
  git("checkout", "-q", "platform.yaml");
});

test("a registry that a stack makes is read from its state, and said to be missing before", async () => {
  const before = await project.show("ci", "image", "hive");
  expect(before.code).toBe(1);
  expect(before.stderr).toContain("the registry comes from 'core/registry', whose state cannot be read");
  expect((await project.show("ci", "image", "hiv")).stderr).toContain(
    "apps with an image are 'hive', 'superset'",
  );
  project.write(
    "states/core/registry/terraform.tfstate",
    JSON.stringify({
      version: 4,
      terraform_version: "1.11.0",
      serial: 1,
      lineage: "x",
      outputs: { id: { value: "made.example.com", type: "string" } },
      resources: [],
    }),
  );
  const { stdout, stderr } = await project.show("ci", "image", "hive");
  expect(stdout, stderr).toMatch(/^made\.example\.com\/hive:[0-9a-f]{16}\n$/);
  expect(await inputOf("hive")).toMatch(new RegExp(`\\}/${stdout.trim().split("/")[1]!}$`));
});
