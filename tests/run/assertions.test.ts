import { afterAll, beforeAll, expect, test } from "vitest";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { applied, type CommandResult, compiled, makeProject, type Project, spec } from "./project.ts";

const ASSERTS = `
variable "path" { type = string }
resource "terraform_data" "queue" { input = var.path }
check "healthy" {
  assert {
    condition     = fileexists(terraform_data.queue.input)
    error_message = "it is not healthy"
  }
}
output "kept" { value = terraform_data.queue.output }
`;
const REASON = "its assertion 'module.asserts.check.healthy' failed last";

let project: Project;

beforeAll(async () => {
  project = makeProject({ "modules/local/asserts/main.tf": ASSERTS });
  const path = JSON.stringify(join(project.root, "healthy"));
  project.write(
    "platform.yaml",
    spec(`stacks:
  asserts: { module: local/asserts, inputs: { path: ${path} } }
  reads: { module: local/keep, inputs: { input: "{{outputs.asserts.kept}}" } }
`),
  );
  await compiled(project);
  expect(await applied(project)).toMatchObject({ code: 0 });
});

afterAll(() => project.remove("."));

function toldBy(result: CommandResult) {
  const warnings = (result.events.at(-1)?.["warnings"] ?? []) as readonly { readonly hint: string }[];
  const reasons = result.events.find(({ kind }) => kind === "stack-reasons")?.["reasons"] ?? [];
  return { ...result.statuses, hints: warnings.map(({ hint }) => hint), reasons };
}

const FAILS = {
  "dev/asserts": "unchanged",
  "dev/reads": "up-to-date",
  hints: ["it is not healthy"],
  reasons: [REASON],
};

test("an assertion that failed is looked at again by each plan and apply, as long as it fails", async () => {
  for (const words of [
    ["plan", "dev"],
    ["apply", "dev", "--auto-approve"],
    ["plan", "dev", "--detailed-exitcode"],
  ]) {
    const result = await project.run(...words);
    expect(result.code, words.join(" ")).toBe(0);
    expect(toldBy(result), words.join(" ")).toEqual(FAILS);
  }
});

test("a plan says that it holds; after an apply nobody looks any more", async () => {
  project.write("healthy", "");
  const holds = { ...FAILS, hints: [] };
  expect(toldBy(await project.run("plan", "dev"))).toEqual(holds);
  expect(toldBy(await project.run("apply", "dev", "--auto-approve"))).toEqual(holds);
  expect(await project.run("plan", "dev")).toMatchObject({
    statuses: { "dev/asserts": "up-to-date", "dev/reads": "up-to-date" },
    processes: 0,
  });
});

test("one that fails later, though nothing changes, is found by a refresh, and told from then on", async () => {
  rmSync(join(project.root, "healthy"));
  const refreshed = await project.run("apply", "dev/asserts", "--refresh", "--auto-approve");
  expect(toldBy(refreshed)).toMatchObject({ hints: FAILS.hints });
  expect(toldBy(await project.run("plan", "dev"))).toEqual(FAILS);
});
