import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openD2b } from "./d2b-project.ts";
import { emulatedAccount } from "./emulated-account.ts";

const opened = await openD2b();
const reason = typeof opened === "string" ? ` (skipped: ${opened})` : "";

/** A bucket is made, and then what follows fails. */
const SPEC = `version: 1
platform: half
state: { backend: s3, config: { bucket: half-state, region: eu-west-1 }, key: "{{stack.address}}", bootstrap: state }
terraform: { providers: { aws: { source: hashicorp/aws, config: { region: eu-west-1 } } } }
environments: { dev: {} }
stacks: { state: { module: local/half } }
`;
const MODULE = `
terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}
resource "aws_s3_bucket" "this" { bucket = "half-begun" }
resource "terraform_data" "this" {
  depends_on = [aws_s3_bucket.this]
  provisioner "local-exec" { command = "exit 1" }
}
`;

/** The target is `cloud`: nothing in platc knows of the emulator, which the environment alone puts in AWS's place. */
describe.skipIf(typeof opened === "string")(
  `a state backend that was begun on another target${reason}`,
  { timeout: 900_000 },
  () => {
    const project = opened as Exclude<typeof opened, string>;
    const account = () => emulatedAccount(project.endpoint);
    const run = (...args: readonly string[]) =>
      project.show(...args, "--spec", "half.yaml", "--auto-approve");
    const giveUp = (target: string) => run("destroy", "dev/state", "--target", target);

    beforeAll(async () => {
      Object.assign(project.environment, {
        AWS_ENDPOINT_URL: project.endpoint,
        AWS_ACCESS_KEY_ID: "test",
        AWS_SECRET_ACCESS_KEY: "test",
        AWS_CA_BUNDLE: "",
      });
      project.write("half.yaml", SPEC);
      project.write("modules/local/half/main.tf", MODULE);
      await project.show("lock", "--spec", "half.yaml");
      expect(await project.show("compile", "--spec", "half.yaml")).toMatchObject({ code: 0 });
    });
    afterAll(() => project.close());

    test.each([false, true])("can be given up there; what it made is gone already: %s", async (isGone) => {
      expect(await run("bootstrap", "dev", "--target", "cloud")).toMatchObject({ code: 1 });
      expect(await account().buckets()).toContain("half-begun");
      expect(await run("bootstrap", "dev", "--target", "emulator")).toMatchObject({
        code: 1,
        stderr: expect.stringContaining("first 'platc destroy dev/state --target cloud'") as string,
      });
      expect(await giveUp("emulator")).toMatchObject({ code: 1, stdout: "" });
      if (isGone) await account().removeBucket("half-begun");
      const given = await giveUp("cloud");
      expect(given, given.stdout + given.stderr).toMatchObject({ code: 0 });
      expect(given.stdout).toMatch(/^✓ dev\/state {2}destroyed/m);
      expect(await account().buckets()).not.toContain("half-begun");
      for (const left of ["terraform.tfstate", "terraform.tfstate.backup", "bootstrap-target"])
        expect(existsSync(join(project.root, ".platc/half/dev/state", left)), left).toBe(false);
    });

    test("then nothing is in the way of the other target: it is begun there, and given up there", async () => {
      const begun = await run("bootstrap", "dev", "--target", "emulator");
      expect(begun.stdout).toContain("local-exec provisioner error");
      expect((await giveUp("cloud")).stderr).toContain(
        "to begin anew here, first 'platc destroy dev/state --target emulator' gives up what was begun there",
      );
      expect(await giveUp("emulator")).toMatchObject({ code: 0 });
      expect(await account().buckets()).not.toContain("half-begun");
    });
  },
);
