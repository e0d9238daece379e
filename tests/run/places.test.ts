import { afterAll, beforeAll, expect, test } from "vitest";
import { type CommandResult, compiled, makeProject, type Project, spec } from "./project.ts";

/** Its inner module cannot be planned. */
const OUTER = `
module "inner" {
  source = "./inner"
}
`;
const INNER = `
resource "terraform_data" "ids" { input = ["a"] }

resource "terraform_data" "each" {
  for_each = toset([terraform_data.ids.id])
}
`;
const ASSERTS = `
resource "terraform_data" "queue" { input = "a" }
check "empty" {
  assert {
    condition     = terraform_data.queue.input == "b"
    error_message = "it holds \${terraform_data.queue.input}"
  }
}
`;

const SPEC = spec(`
stacks:
  nested: { module: local/outer }
  typed: { module: local/typed, inputs: { names: "{{outputs.up.id}}" } }
  up: { module: local/keep }
  slip:
    resources:
      terraform_data:
        one: { input: "{{outputs.up.id}}" }
        two: { inptu: misspelt }
  asserts: { module: local/asserts }
  waits: { module: local/keep, after: [nested] }
`);

let project: Project;
let plan: CommandResult;

beforeAll(async () => {
  project = makeProject({
    "platform.yaml": SPEC,
    "modules/local/outer/main.tf": OUTER,
    "modules/local/outer/inner/main.tf": INNER,
    "modules/local/asserts/main.tf": ASSERTS,
    "modules/local/typed/main.tf":
      'variable "names" {\n  type = any\n  validation {\n    condition     = length(var.names) < 3\n    error_message = "too many"\n  }\n}\nresource "terraform_data" "one" {\n  input = length(var.names) + tonumber("x")\n}\n',
  });
  await compiled(project);
  plan = await project.run("plan", "dev");
});

afterAll(() => project.remove("."));

function failureOf(address: string) {
  const { outcome } = plan.events.findLast(
    (event) => event.kind === "stack-finished" && event.address === address,
  )!;
  return outcome;
}

function lineOf(file: string, text: string): number {
  return (
    project
      .read(file)
      .split("\n")
      .findIndex((line) => line.includes(text)) + 1
  );
}

test("an error in a module names its file, its line and the resource, with the modules around it", () => {
  expect(failureOf("dev/nested")).toMatchObject({
    message: "Invalid for_each argument",
    resource: "module.nested.module.inner.terraform_data.each",
    place: {
      file: "modules/local/outer/inner/main.tf",
      line: 5,
      code: "for_each = toset([terraform_data.ids.id])",
    },
  });
  expect(failureOf("dev/typed")).toMatchObject({
    resource: "module.typed.terraform_data.one",
    place: { file: "modules/local/typed/main.tf", line: 9 },
  });
});

test("an error in what was compiled names the line in out/ and the one of the spec, also of a plan with an overlay", () => {
  const file = "out/t/dev/slip/main.tf.json";
  expect(failureOf("dev/slip")).toMatchObject({
    resource: "terraform_data.two",
    place: {
      file,
      line: lineOf(file, "inptu"),
      code: '"inptu": "misspelt"',
      spec: `platform.yaml:${lineOf("platform.yaml", "inptu")}`,
    },
  });
});

test("people read it below the error, once, also where a plan is followed by an apply", async () => {
  const shown = await project.show("apply", "dev/nested", "dev/waits", "--auto-approve", "--junit", "r.xml");
  const at = "at modules/local/outer/inner/main.tf:5: for_each = toset([terraform_data.ids.id])";
  expect(shown.code).toBe(1);
  expect(shown.stdout.split("platc applies a stack as a whole")).toHaveLength(2);
  expect(shown.stdout.match(/^- dev\/waits +blocked by dev\/nested/gm)).toHaveLength(1);
  expect(shown.stdout).toMatch(
    /^✗ dev\/nested {2}failed: module\.nested\.module\.inner\.terraform_data\.each: Invalid for_each argument .*\n {2}at /m,
  );
  expect(shown.stdout).toContain(`\n  ${at}\n`);
  expect(project.read("r.xml")).toContain(at);
});

test("an assertion that fails is told with its place, at the stack and at the end; the exit code is Terraform's", async () => {
  const shown = await project.show("apply", "dev/asserts", "--auto-approve");
  expect(shown.code).toBe(0);
  expect(shown.stdout).toMatch(/^! dev\/asserts {2}applied: 1 added; 1 assertion failed/m);
  expect(shown.stdout).toMatch(/^Apply finished in .*: 1 applied; 1 assertion failed$/m);
  const end = shown.stdout.slice(shown.stdout.indexOf("Apply finished"));
  expect(end).toContain(
    [
      "assertion failed: dev/asserts: module.asserts.check.empty: Check block assertion failed",
      '  at modules/local/asserts/main.tf:5: condition = terraform_data.queue.input == "b"',
      "  it holds a",
    ].join("\n"),
  );
});
