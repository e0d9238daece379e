import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { applied, makeProject, outputsOf, type Project, spec } from "./project.ts";

/** A provider returns what it was given without Terraform's mark. */
const LOSES_MARK = `
variable "text" { type = string }
resource "terraform_data" "this" { input = var.text }
output "returned" { value = { said = "it is \${terraform_data.this.output}" } }
output "plain" { value = "known to all" }
`;
const SECRET = "hunter2-is-no-password";
const SPEC = spec(`
variables: { secret: { sensitive: true } }
stacks:
  up: { module: local/loses, inputs: { text: "{{var.secret}}" } }
  down: { module: local/keep, inputs: { input: ["{{outputs.up.returned}}", "{{outputs.up.plain}}"] } }
`);

let project: Project;

beforeEach(async () => {
  project = makeProject({ "platform.yaml": SPEC, "modules/local/loses/main.tf": LOSES_MARK });
  project.environment["TF_VAR_secret"] = SECRET;
  expect(await applied(project)).toMatchObject({ code: 0 });
  expect(outputsOf(project, "dev/up")["returned"]).toEqual({ said: `it is ${SECRET}` });
});

afterEach(() => project.remove("."));

/** All that lies beside the states, as one text. */
function ledger(): string {
  const folder = "states/t/.platc";
  return readdirSync(join(project.root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".json"))
    .map((name) => project.read(`${folder}/${name}`))
    .join("\n");
}

interface Inventory {
  readonly address: string;
  readonly consumed: object;
  readonly lastOutputs: object;
}

function inventoryOfDown(): Inventory {
  const folder = "states/t/.platc/inventory";
  const entries = readdirSync(join(project.root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".json"))
    .map((name) => JSON.parse(project.read(`${folder}/${name}`)) as Inventory);
  return entries.find(({ address }) => address === "dev/down")!;
}

test("the inventory keeps no output that holds a secret, and keeps the others", async () => {
  expect(ledger()).not.toContain(SECRET);
  const entry = inventoryOfDown();
  expect(Object.keys(entry.consumed)).toEqual(["dev/up#plain", "dev/up#returned"]);
  expect(entry.lastOutputs).toEqual({ "dev/up#plain": '"known to all"' });
  expect(await applied(project)).toMatchObject({ code: 0, processes: 0 });
});

test("what was consumed last and not kept is no obstacle to a destroy", async () => {
  expect(await project.run("destroy", "dev/up", "--auto-approve")).toMatchObject({ code: 0 });
  expect(await project.run("destroy", "dev", "--auto-approve")).toMatchObject({
    code: 0,
    statuses: { "dev/down": "destroyed" },
  });
});

test("nor to the destruction of an orphan whose upstream is gone", async () => {
  expect(await project.run("destroy", "dev/up", "--auto-approve")).toMatchObject({ code: 0 });
  project.write("platform.yaml", spec("stacks:\n  other: { module: local/keep }\n"));
  expect(await applied(project, "--prune")).toMatchObject({
    code: 0,
    statuses: { "dev/down": "destroyed", "dev/other": "applied" },
  });
});

test("an output that holds a secret is shown as sensitive where the variable is given", async () => {
  const all = await project.show("output", "dev/up");
  expect(all.stdout).toBe('plain    = "known to all"\nreturned = "(sensitive)"\n');
  const json = await project.show("output", "dev/up", "--json");
  expect(JSON.parse(json.stdout)).toMatchObject({
    plain: { sensitive: false, value: "known to all" },
    returned: { sensitive: true, value: "(sensitive)" },
  });
  expect((await project.show("output", "dev/up", "--show-sensitive")).stdout).toContain(SECRET);
});
