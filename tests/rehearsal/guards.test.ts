import { cpSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compiled, KEEP, makeProject, type Project, spec, stateFile } from "../run/project.ts";
import {
  FROM_PACKS,
  lacksTerraform,
  rehearse,
  rehearseApply,
  reportOf,
  statesOf,
} from "./rehearsed-project.ts";

const reason = lacksTerraform === undefined ? "" : ` (skipped: ${lacksTerraform})`;
const SECRET = "hunter2-is-no-password";
/** Nobody answers there. */
const NOWHERE = "http://127.0.0.1:9";

/** Wherever Terraform would run something, the file is made. */
const RUNS = `
terraform {
  required_providers {
    external = { source = "hashicorp/external" }
    http     = { source = "hashicorp/http" }
  }
}
variable "file" { type = string }
variable "token" { type = string }
resource "terraform_data" "this" {
  input = { provisioner = "kept", token = var.token }
  provisioner "local-exec" { command = "touch \${var.file}-module" }
  provisioner "local-exec" {
    when    = destroy
    command = "touch \${self.input.token}-destroyed"
  }
  provisioner "remote-exec" {
    inline = ["true"]
    connection {
      host    = "127.0.0.1"
      port    = 9
      timeout = "1s"
    }
  }
}
data "external" "this" { program = ["sh", "-c", "touch \${var.file}-external; echo '{}'"] }
data "http" "this" { url = "${NOWHERE}" }
output "id" { value = terraform_data.this.id }
`;

function platform(root: string): string {
  return `version: 1
platform: t
terraform:
  providers:
    external: { source: hashicorp/external, version: "~> 2.3" }
    http: { source: hashicorp/http, version: "~> 3.4" }
state: { backend: s3, config: { bucket: nobodys, region: eu-west-1 }, key: "{{stack.address}}/terraform.tfstate" }
environments: { dev: {}, prod: { after: dev, approval: manual } }
variables: { token: { sensitive: true } }
stacks:
  runs:
    module: local/runs
    inputs: { file: "${root}/ran", token: "{{var.token}}" }
    extra:
      resource:
        terraform_data:
          own:
            input: { provisioner: kept }
            provisioner: [{ local-exec: { command: "touch ${root}/ran-extra" } }]
  reads:
    module: local/keep
    inputs: { input: "{{outputs.runs.id}}" }
`;
}

describe.skipIf(reason !== "")(`guards of a rehearsal${reason}`, { timeout: 120_000 }, () => {
  let project: Project;

  beforeAll(async () => {
    project = makeProject({ "modules/local/runs/main.tf": RUNS });
    project.write("platform.yaml", platform(project.root));
    Object.assign(project.environment, FROM_PACKS, {
      AWS_ENDPOINT_URL: NOWHERE,
      AWS_EC2_METADATA_DISABLED: "true",
      HTTP_PROXY: NOWHERE,
      HTTPS_PROXY: NOWHERE,
      NO_PROXY: "127.0.0.1,localhost",
      TF_VAR_token: SECRET,
      TF_REATTACH_PROVIDERS: JSON.stringify({
        "hashicorp/external": {
          Protocol: "grpc",
          ProtocolVersion: 6,
          Pid: 1,
          Test: true,
          Addr: { Network: "tcp", String: "127.0.0.1:9" },
        },
      }),
    });
    await compiled(project);
  });

  afterAll(() => project.remove("."));

  const ran = (): readonly string[] => readdirSync(project.root).filter((name) => name.startsWith("ran"));

  test("no backend is asked, no network used, no program run, and the report counts what was left out", async () => {
    const applied = await rehearseApply(project, "dev", "prod");
    expect(applied.code, applied.stdout.slice(-3000) + applied.stderr).toBe(0);
    expect(Object.values(applied.statuses)).toEqual(["applied", "applied", "applied", "applied"]);
    const announced = applied.events.find(({ kind }) => kind === "run-announced");
    expect(announced).toMatchObject({ platform: "t", target: "rehearsal" });
    expect(ran()).toEqual([]);
    const dropped = reportOf(applied).unchecked.find(({ what }) => what.startsWith("provisioners"));
    expect(dropped).toEqual({
      count: 8,
      what: "provisioners that were left out",
      names: ["dev", "prod"].flatMap((name) => [
        ...["local-exec", "local-exec", "remote-exec"].map((kind) => `${name}/runs ${kind}`),
        `${name}/runs local-exec`,
      ]),
    });
  });

  test("only provisioners are left out, not what is merely called so", () => {
    const { resources } = JSON.parse(statesOf(project, "t").get("dev/runs") ?? "") as {
      readonly resources: readonly {
        readonly type: string;
        readonly instances: readonly {
          readonly attributes: { readonly input?: { readonly value: object } };
        }[];
      }[];
    };
    const made = resources.filter(({ type }) => type === "terraform_data");
    const inputs = made.flatMap(({ instances }) =>
      instances.map(({ attributes }) => attributes.input?.value),
    );
    expect(inputs).toEqual([{ provisioner: "kept" }, { provisioner: "kept", token: "rehearsal-token" }]);
  });

  test("a secret that is at hand is not used: no file holds it", () => {
    const holding = readdirSync(join(project.root, ".platc"), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .filter((entry) => readFileSync(join(entry.parentPath, entry.name)).includes(SECRET));
    expect(holding.map(({ name }) => name)).toEqual([]);
    expect(statesOf(project, "t").get("dev/runs")).toContain("rehearsal-token");
  });

  test("destroying runs no program either", async () => {
    const destroyed = await rehearse(project, "destroy", "prod", "--auto-approve");
    expect(destroyed).toMatchObject({ code: 0, statuses: { "prod/runs": "destroyed" } });
    expect(ran()).toEqual([]);
    expect(readdirSync(project.root).filter((name) => name.endsWith("-destroyed"))).toEqual([]);
  });

  test("a state of another system is refused, and a fault is for a rehearsal alone", async () => {
    const foreign = makeProject({
      "platform.yaml": spec(
        "stacks: { reads: { module: local/keep, extra: { data: { terraform_remote_state: { net: { backend: local, config: { path: other.tfstate } } } } } } }",
      ),
    });
    await compiled(foreign);
    const refused = await rehearse(foreign, "plan", "dev");
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain("'dev/reads' reads a state that is none of this platform's");
    expect(refused.stderr).toContain("  select other stacks, or make what it reads a stack");
    const fault = await foreign.run(
      "apply",
      "dev",
      "--auto-approve",
      "--fail",
      "dev/reads",
      "--target",
      "cloud",
    );
    expect(fault.code).toBe(64);
    expect(fault.stderr).toContain("--fail breaks something on purpose, and the target is the cloud");
    foreign.remove(".");
  });

  test("a rehearsed state is refused by a real run, and a rehearsal proves nothing to prod", async () => {
    const real = makeProject({
      "modules/local/keep/main.tf": KEEP,
      "platform.yaml": spec(
        "stacks: { raw: { module: local/keep } }",
        "environments: { dev: {}, prod: { after: dev } }",
      ),
    });
    await compiled(real);
    expect(await rehearseApply(real, "dev")).toMatchObject({ code: 0, statuses: { "dev/raw": "applied" } });
    expect(existsSync(join(real.root, "states"))).toBe(false);
    const gate = await real.run("apply", "prod", "--auto-approve", "--target", "cloud");
    expect(gate.code).not.toBe(0);
    expect(gate.stderr + gate.stdout).toMatch(/dev/);
    expect(gate.statuses).not.toMatchObject({ "prod/raw": "applied" });

    const state = join(real.root, ".platc/t.rehearsal.world/states/dev/raw/terraform.tfstate");
    cpSync(state, join(real.root, stateFile("dev/raw")));
    const taken = await real.run("apply", "dev", "--auto-approve", "--target", "cloud");
    expect(taken.code).toBe(1);
    expect(taken.stdout + taken.stderr).toContain(
      "is the state of a rehearsal: nothing that it names exists",
    );
    expect(real.read(stateFile("dev/raw"))).toBe(readFileSync(state, "utf8"));
    real.remove(".");
  });
});
