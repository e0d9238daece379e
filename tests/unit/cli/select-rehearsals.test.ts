import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeProject } from "../../run/project.ts";

const project = makeProject({
  "platform.yaml": `version: 1
platform: t
state: { backend: local, config: { path: states }, key: "{{stack.address}}/terraform.tfstate" }
environments: { dev: {}, prod: { after: dev } }
stacks: { one: { module: local/keep, inputs: { input: x } } }
ci: { github: { rehearse: true } }
`,
  ".gitignore": "out/\nstates/\n.platc/\n",
});

beforeAll(() => {
  git("init", "-q");
  git("add", "-A");
  git("-c", "user.name=x", "-c", "user.email=x@example.com", "commit", "-qm", "x");
});
afterAll(() => project.remove("."));

function git(...args: readonly string[]): void {
  execFileSync("git", args, { cwd: project.root });
}

async function selected(): Promise<readonly (string | undefined)[]> {
  const { stdout } = await project.show("ci", "select", "--base", "HEAD");
  return ["plan", "rehearse"].map((name) => new RegExp(`^${name}=(.*)$`, "m").exec(stdout)?.[1]);
}

test.each([
  ["rehearsal.yaml", "given: {}\n"],
  ["schema/providers/example/cloud.overlay.yaml", "source: example/cloud\n"],
])("a change of %s alone plans nothing, and is rehearsed everywhere", async (path, content) => {
  expect(await selected()).toEqual(["[]", "[]"]);
  project.write(path, content);
  expect(await selected()).toEqual(["[]", '["dev","prod"]']);
  project.remove(path);
});

test("the workflow begins where such a file changes", async () => {
  const { stdout } = await project.show("ci", "github");
  expect(stdout).toContain("- rehearsal.yaml\n");
  expect(stdout).toContain("- schema/providers/**\n");
});
