import { mkdirSync, symlinkSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { lockEntries, writeLock } from "../../src/emit/lock-entries.ts";
import { openEmulator } from "../../src/targets/emulator-target.ts";
import { stopEmulator } from "../../src/targets/stop-emulator.ts";
import { hostPlatform } from "../../src/terraform/host-platform.ts";
import { findProviderMirrors } from "../../src/terraform/provider-mirror.ts";
import { emulatedAccount } from "../e2e/emulated-account.ts";
import { type CommandResult, compiled, makeProject, type Project, spec, stateFile } from "../run/project.ts";
import { LACKS_TOFU } from "../terraform/has-tofu.ts";

const OF_TERRAFORM = "registry.terraform.io/hashicorp/aws";
const OF_TOFU = "registry.opentofu.org/hashicorp/aws";
const LOCK = ".terraform.lock.hcl";
const BUCKET = `
terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}
variable "owner" { type = string }
resource "aws_s3_bucket" "this" {
  bucket        = "shared-by-both"
  force_destroy = true
  tags          = { owner = var.owner }
}
output "bucket" { value = aws_s3_bucket.this.bucket }
`;

const platform = hostPlatform();
const installed = findProviderMirrors({
  environment: process.env,
  home: homedir(),
  project: tmpdir(),
  platform,
})
  .mirrors.flatMap(({ path, providers }) =>
    providers
      .filter(({ source, layout }) => source === OF_TERRAFORM && layout === "unpacked")
      .map(({ source, version }) => ({ version, path: join(path, source, version, platform) })),
  )
  .at(0);
const reason = LACKS_TOFU || (installed === undefined ? " (skipped: no mirror holds hashicorp/aws)" : "");

function platformOf(owner: string): string {
  return spec(`
terraform:
  providers:
    aws: { source: hashicorp/aws, version: "${installed?.version}", config: { region: eu-west-1 } }
stacks:
  raw: { module: local/bucket, inputs: { owner: ${owner} } }
`);
}

/** Every step goes on from the one before it. */
describe.skipIf(reason !== "")(`OpenTofu and Terraform in one team${reason}`, { timeout: 600_000 }, () => {
  let project: Project;
  let buckets: () => Promise<readonly string[]>;

  beforeAll(async () => {
    project = makeProject({ "modules/local/bucket/main.tf": BUCKET, "platform.yaml": platformOf("nobody") });
    for (const source of [OF_TERRAFORM, OF_TOFU]) {
      const path = join(project.root, ".platc/providers", source, installed!.version, platform);
      mkdirSync(dirname(path), { recursive: true });
      symlinkSync(installed!.path, path);
    }
    project.environment["XDG_CACHE_HOME"] = join(project.root, "cache");
    const opened = await openEmulator({
      projectRoot: project.root,
      environment: process.env,
      tell: () => undefined,
    });
    if (opened.status !== "ok") throw new Error(opened.message);
    buckets = emulatedAccount(opened.endpoint).buckets;
  });

  afterAll(async () => {
    await stopEmulator(project.root);
    project.remove(".");
  });

  const run = (name: "terraform" | "tofu", ...args: readonly string[]): Promise<CommandResult> => {
    project.environment["PLATC_TERRAFORM"] = name;
    return project.run(...args, "--target", "emulator");
  };
  const lock = async (name: "terraform" | "tofu"): Promise<void> => {
    project.environment["PLATC_TERRAFORM"] = name;
    expect(await project.show("lock")).toMatchObject({ code: 0 });
    await compiled(project);
  };

  test("with a lock for the other one alone, either says so", async () => {
    for (const [own, other, named] of [
      ["tofu", "terraform", `'${OF_TOFU}' for OpenTofu alone, and this is Terraform`],
      ["terraform", "tofu", `'${OF_TERRAFORM}' for Terraform alone, and this is OpenTofu`],
    ] as const) {
      project.remove(LOCK);
      await lock(own);
      const refused = await run(other, "plan", "dev");
      expect(refused.statuses).toEqual({ "dev/raw": "failed" });
      expect(refused.stdout).toContain(`The lock file holds ${named}`);
    }
  });

  test("with a lock for both, Terraform goes on with what OpenTofu applied, and OpenTofu with what Terraform did", async () => {
    await lock("tofu");
    await lock("terraform");
    expect([...lockEntries(project.read(LOCK)).keys()]).toEqual([OF_TOFU, OF_TERRAFORM]);
    const applied = await run("tofu", "apply", "dev", "--auto-approve");
    expect(applied.statuses, applied.stdout).toEqual({ "dev/raw": "applied" });
    expect(project.read(stateFile("dev/raw"))).toContain(OF_TOFU);
    expect((await run("terraform", "plan", "dev", "--refresh")).statuses).toEqual({ "dev/raw": "unchanged" });

    const both = project.read(LOCK);
    project.write(LOCK, writeLock(lockEntries(both), [OF_TERRAFORM])!);
    await compiled(project);
    const refused = await run("terraform", "plan", "dev", "--refresh");
    expect(refused.stdout).toContain(
      `The state was written by OpenTofu and names '${OF_TOFU}', which the lock file lacks`,
    );
    project.write(LOCK, both);

    project.write("platform.yaml", platformOf("somebody"));
    await compiled(project);
    const changed = await run("terraform", "apply", "dev", "--auto-approve");
    expect(changed.statuses, changed.stdout).toEqual({ "dev/raw": "applied" });
    expect(project.read(stateFile("dev/raw"))).not.toContain(OF_TOFU);
    expect((await run("tofu", "plan", "dev", "--refresh")).statuses).toEqual({ "dev/raw": "unchanged" });
    expect((await run("tofu", "destroy", "dev", "--auto-approve")).statuses).toEqual({
      "dev/raw": "destroyed",
    });
    expect(await buckets()).toEqual([]);
  });
});
