import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { rehearsalFolder } from "../../src/stacks/rehearsed-platform.ts";
import { compiled, copyProject, makeProject, type Project } from "../run/project.ts";
import { FROM_PACKS, lacksTerraform, rehearse, rehearseApply } from "./rehearsed-project.ts";

const reason = lacksTerraform === undefined ? "" : ` (skipped: ${lacksTerraform})`;

const SPEC = `version: 1
platform: t
terraform: { providers: { kubernetes: { source: hashicorp/kubernetes, version: "~> 2.38" } } }
state: { backend: local, config: { path: states } }
environments: { dev: {} }
variables: { password: { sensitive: true } }
stacks:
  settings: { module: local/settings, inputs: { name: shop, size: "1", password: "{{var.password}}" } }
  reader: { module: local/reader, inputs: { name: "{{outputs.settings.name}}" } }
  late: { module: local/reader, inputs: { name: late } }
`;

const SETTINGS = `
terraform {
  required_providers { kubernetes = { source = "hashicorp/kubernetes" } }
}
variable "name" { type = string }
variable "size" { type = string }
variable "password" { 
  type      = string 
  sensitive = true 
}
resource "kubernetes_config_map_v1" "this" {
  metadata { name = var.name }
  data        = { size = var.size }
  binary_data = { seed = "AA==" }
  lifecycle { ignore_changes = [binary_data] }
}
resource "kubernetes_config_map_v1" "kept" {
  metadata { name = "kept" }
  lifecycle { prevent_destroy = true }
}
resource "kubernetes_secret_v1" "this" {
  metadata { name = var.name }
  data = { password = var.password }
}
output "name" { value = kubernetes_config_map_v1.this.metadata[0].name }
`;

const READER = `
terraform {
  required_providers { kubernetes = { source = "hashicorp/kubernetes" } }
}
variable "name" { type = string }
resource "kubernetes_config_map_v1" "read" {
  metadata { name = "read" }
  data = { from = var.name }
}
`;

/** A line of the world's file. */
interface Thing {
  readonly typeName: string;
  readonly id: string;
  readonly value?: Record<string, unknown>;
}

const WORLD = `${rehearsalFolder("t")}/world.jsonl`;

describe.skipIf(reason !== "")(`the drift of what was rehearsed${reason}`, { timeout: 120_000 }, () => {
  let applied: Project;
  let project: Project;

  beforeAll(async () => {
    applied = makeProject({
      "platform.yaml": SPEC,
      "modules/local/settings/main.tf": SETTINGS,
      "modules/local/reader/main.tf": READER,
    });
    Object.assign(applied.environment, FROM_PACKS, { TF_VAR_password: "as-it-was-given" });
    await compiled(applied);
    const apply = await rehearseApply(applied, "dev", "--select", "!dev/late");
    expect(apply, apply.stdout.slice(-2000)).toMatchObject({ code: 0 });
  });
  afterAll(() => applied.remove("."));

  beforeEach(() => {
    project = copyProject(applied);
  });
  afterEach(() => project.remove("."));

  /** Changes the world behind Terraform's back; what is left undefined is gone. */
  const change = (typeName: string, id: string, by?: (value: Record<string, unknown>) => object): void => {
    const things = project.read(WORLD).trim().split("\n");
    const changed = things.map((line) => {
      const thing = JSON.parse(line) as Thing;
      if (thing.typeName !== typeName || thing.id !== id) return line;
      const { value = {}, ...key } = thing;
      return JSON.stringify(by ? { ...key, value: { ...value, ...by(value) } } : key);
    });
    expect(changed).not.toEqual(things);
    project.write(WORLD, `${changed.join("\n")}\n`);
  };

  const edit = (more: object): void => change("kubernetes_config_map_v1", "default/shop", () => more);

  /** Every file that a look may not write: states, records, locks, and the world itself. */
  const written = (): Readonly<Record<string, string>> => {
    const folder = join(project.root, rehearsalFolder("t"));
    const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) =>
      /\.(json|tfstate|jsonl|info)$/.test(path),
    );
    return Object.fromEntries(paths.map((path) => [path, readFileSync(join(folder, path), "utf8")]));
  };

  test("none is found where nothing was changed, and nothing is written", async () => {
    const before = written();
    expect(Object.keys(before)).toContain("world.jsonl");
    const look = await rehearse(project, "drift", "dev", "--detailed-exitcode");
    expect(look, look.stdout.slice(-2000)).toMatchObject({
      code: 0,
      statuses: { "dev/settings": "no-drift", "dev/reader": "no-drift", "dev/late": "not-applied" },
    });
    expect(look.events.filter(({ kind }) => kind === "stack-drift")).toEqual([]);
    expect(written()).toEqual(before);
  });

  test("it is told attribute by attribute, without secrets; what an apply leaves as it is stands apart", async () => {
    edit({ data: { size: "9", mode: "x" }, binary_data: { seed: "AAAA" } });
    change("kubernetes_secret_v1", "default/shop", () => ({ data: { password: "stolen-by-hand" } }));
    change("kubernetes_config_map_v1", "default/read");

    const before = written();
    const look = await rehearse(project, "drift", "dev", "--detailed-exitcode");
    expect(look).toMatchObject({
      code: 2,
      statuses: { "dev/settings": "drifted", "dev/reader": "drifted", "dev/late": "not-applied" },
    });
    const [reader, settings] = look.events
      .filter(({ kind }) => kind === "stack-drift")
      .sort((left, right) => ((left.address ?? "") < (right.address ?? "") ? -1 : 1));
    expect(reader).toMatchObject({
      resources: [
        { resource: "module.reader.kubernetes_config_map_v1.read", status: "gone", attributes: [] },
      ],
      apart: [],
      findings: [],
    });
    const map = "module.settings.kubernetes_config_map_v1.this";
    expect(settings).toMatchObject({
      resources: [
        { resource: map, status: "changed", attributes: ["data"] },
        {
          resource: "module.settings.kubernetes_secret_v1.this",
          status: "changed",
          attributes: ["data"],
        },
      ],
      apart: [{ resource: map, status: "changed", attributes: ["binary_data"] }],
      findings: [],
    });
    expect((settings?.["lines"] as readonly { readonly text: string }[]).map(({ text }) => text)).toEqual([
      `  ~ ${map} has changed`,
      "      ~ data = {",
      '          + mode = "x"',
      '          ~ size = "1" -> "9"',
      "        }",
      "      # (also changed, and left as it is by an apply: binary_data)",
      "",
      "  ~ module.settings.kubernetes_secret_v1.this has changed",
      "      ~ data = (sensitive value)",
    ]);
    expect(look.stdout).not.toMatch(/stolen-by-hand|as-it-was-given/);
    expect(written()).toEqual(before);
  });

  test("without the option it exits with 0, and what an apply leaves as it is counts only by --strict", async () => {
    edit({ binary_data: { seed: "AAAA" } });
    const look = await project.show("drift", "dev/settings", "--target", "rehearsal", "--detailed-exitcode");
    expect(look.code).toBe(0);
    expect(look.stdout).toContain(
      "not counted, since an apply leaves it as it is: module.settings.kubernetes_config_map_v1.this (binary_data)",
    );
    expect(look.stdout).not.toContain("AAAA");
    const strict = await project.show("drift", "dev/settings", "--target", "rehearsal", "--strict");
    expect(strict.code).toBe(0);
    expect(strict.stdout).toContain('~ seed = "AA==" -> "AAAA"');
    expect(strict.stdout).toContain("Resources: 1 changed");
  });

  test("what the spec says since the apply is no drift, and what has left it can drift too", async () => {
    project.write("platform.yaml", SPEC.replace('size: "1"', 'size: "5"').replace(/ {2}reader: .*\n/, ""));
    await compiled(project);
    expect(await rehearse(project, "drift", "dev", "--detailed-exitcode")).toMatchObject({
      code: 0,
      statuses: { "dev/settings": "no-drift", "dev/reader": "no-drift", "dev/late": "not-applied" },
    });

    edit({ data: { size: "5" } });
    change("kubernetes_config_map_v1", "default/read");
    const look = await rehearse(project, "drift", "dev", "--detailed-exitcode");
    expect(look).toMatchObject({
      code: 2,
      statuses: { "dev/settings": "drifted", "dev/reader": "drifted" },
    });
    expect(look.events.find(({ kind }) => kind === "run-finished")).toMatchObject({
      orphans: ["dev/reader"],
    });
  });

  test("a stack that moves is looked at where it is applied", async () => {
    project.write(
      "platform.yaml",
      SPEC.replace("  reader: {", "  listener: { address: far/listener, moved: [reader],"),
    );
    await compiled(project);
    change("kubernetes_config_map_v1", "default/read", () => ({ data: { from: "elsewhere" } }));
    const look = await rehearse(project, "drift", "dev");
    expect(look, look.stdout.slice(-2000)).toMatchObject({
      code: 0,
      statuses: { "dev/settings": "no-drift", "dev/far/listener": "drifted", "dev/late": "not-applied" },
    });
    expect(look.events.find(({ kind }) => kind === "stack-drift")?.["resources"]).toMatchObject([
      { resource: "module.listener.kubernetes_config_map_v1.read", attributes: ["data"] },
    ]);
  });

  test("an apply that reads anew brings it back", async () => {
    edit({ data: { size: "9" } });
    const shown = await project.show("drift", "dev/settings", "--target", "rehearsal");
    expect(shown.stdout).toContain(
      "next: `platc apply dev/settings --target rehearsal --refresh` brings back what the spec says",
    );
    expect(await rehearseApply(project, "dev/settings", "--refresh")).toMatchObject({ code: 0 });
    expect(await rehearse(project, "drift", "dev/settings")).toMatchObject({
      statuses: { "dev/settings": "no-drift" },
    });
  });

  test("a state that is gone fails; one that somebody else wrote is said", async () => {
    const path = `${rehearsalFolder("t")}/states/dev/reader/terraform.tfstate`;
    const state = JSON.parse(project.read(path)) as { readonly serial: number };
    project.write(path, JSON.stringify({ ...state, serial: state.serial + 1 }));
    const told = await rehearse(project, "drift", "dev/reader");
    expect(told).toMatchObject({ code: 0, statuses: { "dev/reader": "no-drift" } });
    expect(told.events.find(({ kind }) => kind === "stack-drift")?.["findings"]).toMatchObject([
      { message: expect.stringContaining("its state was changed without platc") as string },
    ]);
    project.remove(path);
    const gone = await rehearse(project, "drift", "dev/reader", "dev/settings");
    expect(gone).toMatchObject({
      code: 1,
      statuses: { "dev/reader": "failed", "dev/settings": "no-drift" },
    });
    expect(gone.processes).toBe(2);
  });

  test("where Terraform refuses to plan, everything that changed is counted, and why is said", async () => {
    change("kubernetes_config_map_v1", "default/kept", ({ metadata }) => {
      const [first] = metadata as readonly object[];
      return { metadata: [{ ...first, name: "other" }] };
    });
    const look = await rehearse(project, "drift", "dev/settings", "--detailed-exitcode");
    expect(look).toMatchObject({ code: 2, statuses: { "dev/settings": "drifted" } });
    const drift = look.events.find(({ kind }) => kind === "stack-drift");
    expect(drift?.["findings"]).toMatchObject([
      { message: expect.stringContaining("Terraform cannot plan an apply of it") as string },
    ]);
    expect(drift?.["resources"]).toMatchObject([
      { resource: "module.settings.kubernetes_config_map_v1.kept", attributes: ["metadata"] },
    ]);
  });
});
