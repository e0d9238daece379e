import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { afterAll, expect, test } from "vitest";
import { makeProject, type Project, spec } from "./project.ts";

const made: string[] = [];
afterAll(() => made.forEach((root) => rmSync(root, { recursive: true, force: true })));

const STACKS = "stacks: { raw: { module: local/keep, inputs: { input: secret } } }";

function projectWith(platform: string): Project {
  const project = makeProject({ "platform.yaml": platform });
  made.push(project.root);
  return project;
}

function gitIn(root: string, ...args: readonly string[]): string {
  return execFileSync("git", ["-C", root, ...args], { encoding: "utf8" });
}

function committable(root: string): readonly string[] {
  return gitIn(root, "ls-files", "--others", "--exclude-standard").split("\n");
}

async function stateFindings(project: Project) {
  const { stdout } = await project.show("doctor", "--json");
  const { findings } = JSON.parse(stdout) as { findings: readonly { readonly name: string }[] };
  return findings.filter(({ name }) => name === "state");
}

const NOTE = {
  message:
    "the states of this platform, such as 'states/t/dev/raw/terraform.tfstate', lie in the repository and are not ignored: a commit would take them along, with the secrets in them",
  hint: "add '/states/' to .gitignore",
};

test("an apply and doctor name the line that keeps states and records out of git, until it is there", async () => {
  const project = projectWith(spec(STACKS));
  expect(await stateFindings(project)).toEqual([]);
  gitIn(project.root, "init", "--quiet");
  expect(await stateFindings(project)).toEqual([{ name: "state", status: "warn", ...NOTE }]);
  await project.show("compile");
  const first = await project.run("apply", "dev", "--auto-approve");
  expect([first.code, first.events.filter(({ kind }) => kind === "note")]).toEqual([
    0,
    [expect.objectContaining(NOTE)],
  ]);
  expect(committable(project.root)).toContain("states/t/dev/raw/terraform.tfstate");
  project.write(".gitignore", "/states/\n");
  expect(committable(project.root).filter((path) => /states|inventory/.test(path))).toEqual([]);
  expect(await stateFindings(project)).toEqual([]);
  const second = await project.run("apply", "dev", "--auto-approve");
  expect(second.events.filter(({ kind }) => kind === "note")).toEqual([]);
});

test.each([
  ["states/{{stack.address}}.tfstate", "'/states/' and '.platc/'"],
  ["{{stack.address}}.tfstate", "'*.tfstate' and '*.tfstate.*' and '.platc/'"],
  ["modules/{{stack.address}}.tfstate", "'*.tfstate' and '*.tfstate.*' and '.platc/'"],
])("with states at %s", async (key, lines) => {
  const project = projectWith(`version: 1
platform: t
state: { backend: local, key: "${key}" }
environments: { dev: {}, prod: {} }
${STACKS}
`);
  gitIn(project.root, "init", "--quiet");
  expect(await stateFindings(project)).toMatchObject([{ hint: `add ${lines} to .gitignore` }]);
});

test("states that lie outside of the repository concern nobody", async () => {
  const project = projectWith(`version: 1
platform: t
state: { backend: local, config: { path: ../elsewhere }, key: "{{stack.address}}.tfstate" }
environments: { dev: {} }
${STACKS}
`);
  gitIn(project.root, "init", "--quiet");
  expect(await stateFindings(project)).toEqual([]);
});
