import { execFileSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { type CommandResult, compiled, makeProject, type Project, spec, stateFile } from "../run/project.ts";
import { LACKS_TOFU } from "../terraform/has-tofu.ts";
import {
  comparable,
  FROM_PACKS,
  lacksTerraform,
  rehearse,
  rehearseApply,
  reportOf,
  resourceCounts,
  statesOf,
  worldOf,
} from "./rehearsed-project.ts";

const PASSPHRASE = "correct-horse-battery-staple";
const ENCRYPTION = `
key_provider "pbkdf2" "k" {
  passphrase = "${PASSPHRASE}"
}
method "aes_gcm" "m" {
  keys = key_provider.pbkdf2.k
}
state {
  method = method.aes_gcm.m
}
`;

/** OpenTofu takes `main.tofu` in place of `main.tf`. */
const TOFU_MODULE = `
terraform {
  required_providers {
    random = {
      source = "hashicorp/random"
    }
  }
}
variable "length" { type = number }
variable "file" { type = string }
resource "random_pet" "this" {
  length = var.length
  provisioner "local-exec" {
    command = "touch \${var.file}"
  }
}
output "name" { value = random_pet.this.id }
`;
const TF_MODULE = TOFU_MODULE.replace(/ {2}provisioner[\s\S]*?\n {2}\}\n/, "");

const PETS = (root: string, length: number): string =>
  spec(`
terraform: { required_version: ">= 1.10", providers: { random: { source: hashicorp/random, version: 3.7.2 } } }
stacks:
  pet: { module: local/pet, inputs: { length: ${length}, file: "${root}/ran" } }
  next: { module: local/keep, inputs: { input: "{{outputs.pet.name}}" } }
`);

describe.skipIf(LACKS_TOFU !== "")(`OpenTofu${LACKS_TOFU}`, { timeout: 240_000 }, () => {
  let project: Project;

  beforeEach(() => {
    project = makeProject({
      "modules/local/pet/main.tf": TF_MODULE,
      "modules/local/pet/main.tofu": TOFU_MODULE,
    });
    project.write("platform.yaml", PETS(project.root, 2));
    Object.assign(project.environment, FROM_PACKS, { PLATC_TERRAFORM: "tofu" });
    return () => project.remove(".");
  });

  const bothIn = (result: CommandResult): readonly unknown[] => [
    result.statuses["dev/pet"],
    result.statuses["dev/next"],
  ];

  test("rehearses from nothing to nothing, twice the same, and runs no program of a .tofu file", async () => {
    await compiled(project);
    const applied = await rehearseApply(project, "dev");
    expect(applied.code, applied.stdout + applied.stderr).toBe(0);
    expect(bothIn(applied)).toEqual(["applied", "applied"]);
    expect(reportOf(applied).unchecked).toContainEqual({
      count: 1,
      what: "provisioner that was left out",
      names: ["dev/pet local-exec"],
    });
    expect(existsSync(join(project.root, "ran"))).toBe(false);
    expect(statesOf(project, "t").get("dev/pet")).toContain("registry.opentofu.org/hashicorp/random");
    const first = statesOf(project, "t");

    const read = await rehearse(project, "plan", "dev", "--refresh");
    expect(bothIn(read)).toEqual(["unchanged", "unchanged"]);
    project.write("platform.yaml", PETS(project.root, 3));
    await compiled(project);
    const replaced = await rehearseApply(project, "dev");
    expect(
      replaced.events.find((event) => event.kind === "stack-planned" && event.address === "dev/pet"),
    ).toMatchObject({
      summary: { add: 0, change: 0, replace: 1, destroy: 0 },
    });
    expect(bothIn(replaced)).toEqual(["applied", "applied"]);
    expect(await rehearse(project, "destroy", "dev", "--auto-approve")).toMatchObject({ code: 0 });
    expect([worldOf(project, "t"), resourceCounts(project, "t")]).toEqual([[], {}]);

    expect(await project.show("rehearsal", "reset")).toMatchObject({ code: 0 });
    project.write("platform.yaml", PETS(project.root, 2));
    await compiled(project);
    expect(await rehearseApply(project, "dev")).toMatchObject({ code: 0 });
    // Of `terraform_data` the id is OpenTofu's own, and another each time.
    const second = statesOf(project, "t");
    expect(comparable(second.get("dev/pet") ?? "{}")).toBe(comparable(first.get("dev/pet") ?? "none"));
  });

  test("is chosen by the spec, which then reads the .tofu files of modules", async () => {
    delete project.environment["PLATC_TERRAFORM"];
    const outputs = { "main.tf": "old", "main.tofu": "kind", "more.tofu": "more" };
    for (const [file, name] of Object.entries(outputs))
      project.write(`modules/local/zoo/${file}`, `output "${name}" { value = "${name}" }\n`);
    const zoo = (command: string): string =>
      spec(`
terraform: { command: ${command} }
stacks:
  zoo: { module: local/zoo }
  next: { module: local/keep, inputs: { input: "{{outputs.zoo.kind}} {{outputs.zoo.more}}" } }
`);
    project.write("platform.yaml", zoo("terraform"));
    const refused = await project.show("check");
    expect(refused.code).toBe(1);
    expect(refused.stderr + refused.stdout).toContain("'zoo' has no output 'kind'");

    project.write("platform.yaml", zoo("tofu"));
    await compiled(project);
    const applied = await rehearseApply(project, "dev");
    expect([applied.statuses["dev/zoo"], applied.statuses["dev/next"]]).toEqual(["applied", "applied"]);
    expect(applied.events.find(({ kind }) => kind === "run-finished")).toMatchObject({ flavour: "opentofu" });
    expect(JSON.parse(statesOf(project, "t").get("dev/zoo") ?? "{}")).toMatchObject({
      outputs: { kind: { value: "kind" }, more: { value: "more" } },
    });
    expect(applied.events.filter(({ kind }) => kind === "note")).not.toContainEqual(
      expect.objectContaining({ message: expect.stringContaining("compile has") as unknown }),
    );
  });

  test("that runs against what the spec says names the files that compile has not read", async () => {
    await compiled(project);
    expect((await rehearse(project, "plan", "dev")).events).toContainEqual(
      expect.objectContaining({
        kind: "note",
        message:
          "OpenTofu runs the stacks and takes 'modules/local/pet/main.tofu', which compile has not read",
        hint: "Write 'terraform: { command: tofu }' in the spec, then 'platc compile'; or run Terraform: PLATC_TERRAFORM=terraform.",
      }),
    );
  });

  test("fails on purpose and goes on", async () => {
    await compiled(project);
    const failed = await rehearseApply(project, "dev", "--fail", "dev/pet");
    expect(bothIn(failed)).toEqual(["failed", "blocked"]);
    expect(bothIn(await rehearseApply(project, "dev"))).toEqual(["applied", "applied"]);
  });

  test.skipIf(lacksTerraform !== undefined)(
    "and Terraform go on with what the other one has applied",
    async () => {
      await compiled(project);
      expect(await rehearseApply(project, "dev")).toMatchObject({ code: 0 });
      for (const [name, length] of [
        ["terraform", 3],
        ["tofu", 4],
      ] as const) {
        project.environment["PLATC_TERRAFORM"] = name;
        expect(bothIn(await rehearse(project, "plan", "dev", "--refresh"))).toEqual([
          "unchanged",
          "unchanged",
        ]);
        project.write("platform.yaml", PETS(project.root, length));
        await compiled(project);
        expect(bothIn(await rehearseApply(project, "dev"))).toEqual(["applied", "applied"]);
      }
      expect(await rehearse(project, "destroy", "dev", "--auto-approve")).toMatchObject({ code: 0 });
      expect(worldOf(project, "t")).toEqual([]);
    },
  );

  test("a run that would encrypt states is refused before it starts; a rehearsal goes without", async () => {
    const encrypting =
      'extra: { terraform: { encryption: { state: { method: "${method.unencrypted.m}" } } } }';
    project.write("platform.yaml", spec(`stacks: { raw: { module: local/keep, ${encrypting} } }`));
    await compiled(project);
    const byRoot = await project.run("apply", "dev", "--auto-approve");
    expect(byRoot.code).toBe(1);
    expect(byRoot.stderr).toContain("'extra: terraform: encryption' of 'dev/raw' would encrypt its state");

    project.write("platform.yaml", spec("stacks: { raw: { module: local/keep } }"));
    await compiled(project);
    project.environment["TF_ENCRYPTION"] = ENCRYPTION;
    const byVariable = await project.run("apply", "dev", "--auto-approve");
    expect(byVariable.code).toBe(1);
    expect(byVariable.stderr).toContain(
      "TF_ENCRYPTION would encrypt the states, and platc could not read them",
    );
    expect(existsSync(join(project.root, "states"))).toBe(false);
    expect(await rehearseApply(project, "dev")).toMatchObject({
      code: 0,
      statuses: { "dev/raw": "applied" },
    });
    expect(statesOf(project, "t").get("dev/raw")).toContain('"terraform_data"');
  });

  test("a state that it has encrypted already is refused, and says how it becomes one in the clear", async () => {
    project.write("platform.yaml", spec("stacks: { raw: { module: local/keep } }"));
    await compiled(project);
    const folder = join(project.root, "plain");
    project.write("plain/main.tf", 'output "value" { value = 1 }');
    for (const args of [["init"], ["apply", "-auto-approve"]])
      execFileSync("tofu", args, {
        cwd: folder,
        env: { ...process.env, TF_CLI_CONFIG_FILE: undefined, TF_ENCRYPTION: ENCRYPTION },
      });
    const encrypted = project.read("plain/terraform.tfstate");
    expect(encrypted).toContain('"encrypted_data"');
    project.write(stateFile("dev/raw"), encrypted);
    const refused = await project.run("apply", "dev", "--auto-approve");
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain("OpenTofu has encrypted it. OpenTofu writes it in the clear when");
    expect(project.read(stateFile("dev/raw"))).toBe(encrypted);

    // What the message says to do, done.
    const fallback = ENCRYPTION.replace(
      "state {\n  method = method.aes_gcm.m",
      'method "unencrypted" "none" {}\nstate {\n  method = method.unencrypted.none\n  fallback {\n    method = method.aes_gcm.m\n  }',
    );
    writeFileSync(join(folder, "main.tf"), 'output "value" { value = 2 }');
    execFileSync("tofu", ["apply", "-auto-approve"], {
      cwd: folder,
      env: { ...process.env, TF_CLI_CONFIG_FILE: undefined, TF_ENCRYPTION: fallback },
    });
    project.write(stateFile("dev/raw"), project.read("plain/terraform.tfstate"));
    expect(await project.run("plan", "dev")).toMatchObject({ code: 0, statuses: { "dev/raw": "planned" } });
  });
});
