import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compiled } from "../run/project.ts";
import { openD2b } from "./d2b-project.ts";
import { emulatedAccount } from "./emulated-account.ts";

const opened = await openD2b();
const reason = typeof opened === "string" ? ` (skipped: ${opened})` : "";
const BUCKET = "d2b-dev-state";
const CLOUD = ["--target", "cloud"];
const KEY = "dev/main-backend/terraform.tfstate";
const LOCAL = ".platc/d2b/dev/main-backend/terraform.tfstate";

/** A bucket is made, and then what follows fails. */
const HALF = `version: 1
platform: half
state: { backend: s3, config: { bucket: half-state, region: eu-west-1 }, key: "{{stack.address}}", bootstrap: state }
terraform: { providers: { aws: { source: hashicorp/aws, config: { region: eu-west-1 } } } }
environments: { dev: {} }
stacks: { state: { module: local/half } }
`;
/** The same without a provider. */
const FAILING = `
resource "terraform_data" "made" {}
resource "terraform_data" "this" {
  depends_on = [terraform_data.made]
  provisioner "local-exec" { command = "exit 1" }
}
`;
const HALF_MODULE = `
terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}
resource "aws_s3_bucket" "this" { bucket = "half-other" }
resource "terraform_data" "this" {
  depends_on = [aws_s3_bucket.this]
  provisioner "local-exec" { command = "exit 1" }
}
`;

interface State {
  readonly resources: readonly { readonly type: string }[];
}

/** The target is `cloud`: nothing in platc knows of the emulator, which the environment alone puts in AWS's place. */
describe.skipIf(typeof opened === "string")(`platc bootstrap${reason}`, { timeout: 900_000 }, () => {
  const project = opened as Exclude<typeof opened, string>;
  const account = () => emulatedAccount(project.endpoint);
  const bootstrap = () => project.run("bootstrap", "dev", "--auto-approve", ...CLOUD);
  const stateInBucket = async (): Promise<State> => JSON.parse(await account().object(BUCKET, KEY)) as State;

  /** As if platc had been ended after Terraform's apply: the state lies here, and nothing in the bucket. */
  const moveStateBack = async (change: (state: State) => State): Promise<void> => {
    const state = await stateInBucket();
    project.write(LOCAL, JSON.stringify(change(state)));
    for (const key of await account().keys(BUCKET)) await account().remove(BUCKET, key);
    expect(await account().keys(BUCKET)).toEqual([]);
  };

  beforeAll(async () => {
    Object.assign(project.environment, {
      AWS_ENDPOINT_URL: project.endpoint,
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      AWS_CA_BUNDLE: "",
    });
    await compiled(project);
  });
  afterAll(() => project.close());

  test("is what an apply asks for where the backend is not there", async () => {
    expect(await project.show("apply", "dev", "--auto-approve", ...CLOUD)).toMatchObject({
      code: 1,
      stderr: "platc: the state backend of 'dev' is not there yet\n  run 'platc bootstrap dev' first\n",
    });
    expect(await account().buckets()).toEqual([]);
  });

  test("shows what it would make, and waits where nobody is there", async () => {
    const shown = await project.show("bootstrap", "dev", ...CLOUD);
    expect(shown).toMatchObject({ code: 3 });
    expect(shown.stdout).toContain("module.main_backend.aws_s3_bucket.state will be created");
    expect(shown.stderr).toContain("nobody is there to approve what was shown");
    expect(await account().buckets()).toEqual([]);
  });

  test("makes the bucket, and keeps the bucket's own state in it", async () => {
    const made = await bootstrap();
    expect(made).toMatchObject({ code: 0, statuses: { "dev/main-backend": "applied" } });
    expect(await account().buckets()).toEqual([BUCKET]);
    expect((await stateInBucket()).resources).toHaveLength(5);
    expect(existsSync(join(project.root, LOCAL))).toBe(false);
  });

  test("does nothing a second time, and leaves nothing for an apply", async () => {
    const upToDate = { code: 0, statuses: { "dev/main-backend": "up-to-date" }, processes: 0 };
    expect(await bootstrap()).toMatchObject(upToDate);
    expect(await project.run("apply", "dev/main-backend", "--auto-approve", ...CLOUD)).toMatchObject(
      upToDate,
    );
  });

  /** Refused on the emulator, which here answers as the cloud does, so that both see the same states. */
  const refused = (address: string, anew: string) => ({
    code: 1,
    stdout: "",
    stderr: `platc: '${address}' was applied in the cloud, and the state names what exists there alone: nothing was started against the emulator\n  run this with '--target cloud'; ${anew}\n`,
  });

  test("is refused on another target than it was made on", async () => {
    expect(await project.show("bootstrap", "dev", "--auto-approve", "--target", "emulator")).toMatchObject(
      refused(
        "dev/main-backend",
        "what is tried on the emulator needs an environment of its own, or states in its s3",
      ),
    );
  });

  test("is refused on another target than it was begun on, and so is an apply that would go on with it", async () => {
    project.write("half.yaml", HALF);
    project.write("modules/local/half/main.tf", HALF_MODULE);
    const half = (...args: readonly string[]) => project.show(...args, "--spec", "half.yaml");
    await half("lock");
    expect(await half("compile")).toMatchObject({ code: 0 });
    expect(await half("bootstrap", "dev", "--auto-approve", ...CLOUD)).toMatchObject({ code: 1 });
    for (const command of ["bootstrap", "apply", "destroy"])
      expect(await half(command, "dev", "--auto-approve", "--target", "emulator"), command).toMatchObject(
        refused(
          "dev/state",
          "to begin anew here, first 'platc destroy dev/state --target cloud' gives up what was begun there",
        ),
      );
    project.write(
      "modules/local/half/main.tf",
      HALF_MODULE.replace("exit 1", "exit 0").replace("half-other", "half-state"),
    );
    expect(await half("compile")).toMatchObject({ code: 0 });
    expect(await half("bootstrap", "dev", "--auto-approve", ...CLOUD)).toMatchObject({ code: 0 });
    expect(existsSync(join(project.root, ".platc/half/dev/state/bootstrap-target"))).toBe(false);
    await account().remove("half-state", "dev/state");
  });

  test("what was only begun is given up by destroy, and by no other target", async () => {
    project.write("half.yaml", HALF.replace("half-state", "never-made"));
    project.write("modules/local/half/main.tf", FAILING);
    const half = (...args: readonly string[]) =>
      project.show(...args, "--auto-approve", "--spec", "half.yaml");
    await project.show("lock", "--spec", "half.yaml");
    expect(await project.show("compile", "--spec", "half.yaml")).toMatchObject({ code: 0 });
    expect(await half("bootstrap", "dev", ...CLOUD)).toMatchObject({ code: 1 });
    const given = await half("destroy", "dev", ...CLOUD);
    expect(given, given.stdout + given.stderr).toMatchObject({ code: 0 });
    expect(given.stdout).toMatch(/^✓ dev\/state {2}destroyed/m);
    for (const left of ["terraform.tfstate", "terraform.tfstate.backup", "bootstrap-target"])
      expect(existsSync(join(project.root, ".platc/half/dev/state", left)), left).toBe(false);
    expect((await half("destroy", "dev", ...CLOUD)).stdout).toContain(
      "'dev/state' makes the state backend of its environment, and was not begun here",
    );
  });

  test("goes on where it was ended before the state was moved", async () => {
    await moveStateBack((state) => state);
    const again = await bootstrap();
    expect(again).toMatchObject({ code: 0, statuses: { "dev/main-backend": "unchanged" } });
    expect((await stateInBucket()).resources).toHaveLength(5);
    expect(existsSync(join(project.root, LOCAL))).toBe(false);
    expect(await project.run("apply", "dev/main-backend", "--auto-approve", ...CLOUD)).toMatchObject({
      statuses: { "dev/main-backend": "up-to-date" },
    });
  });

  test("goes on where it was ended before all of the backend was made", async () => {
    await moveStateBack((state) => ({
      ...state,
      resources: state.resources.filter(({ type }) => type !== "aws_s3_bucket_versioning"),
    }));
    const again = await bootstrap();
    expect(again).toMatchObject({ code: 0, statuses: { "dev/main-backend": "applied" } });
    const finished = again.events.find(({ kind }) => kind === "run-finished");
    expect(finished?.["outcomes"]).toMatchObject({ "dev/main-backend": { summary: { add: 1, change: 0 } } });
    expect((await stateInBucket()).resources).toHaveLength(5);
  });
});
