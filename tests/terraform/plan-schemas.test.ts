import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { analyse } from "../../src/compile.ts";
import { diskSources } from "../../src/disk/disk-sources.ts";
import { parseHcl } from "../../src/disk/hcl-parser.ts";
import { readProviderSchema } from "../../src/provider/read-provider-schema.ts";
import { installedSchema } from "../../src/rehearsal/installed-schema.ts";
import type { SchemaNeed } from "../../src/rehearsal/schema-origin.ts";
import { serveSchemas } from "../../src/rehearsal/serve-schemas.ts";
import { openPlanSchemas } from "../../src/run/plan-schemas.ts";
import { childEnvironment } from "../../src/terraform/child-environment.ts";
import {
  initCommand,
  planCommand,
  showPlanCommand,
  type TerraformCommand,
} from "../../src/terraform/commands.ts";
import { findTerraform, type FoundTerraform } from "../../src/terraform/find-terraform.ts";
import { hostPlatform } from "../../src/terraform/host-platform.ts";
import { findProviderMirrors } from "../../src/terraform/provider-mirror.ts";
import { runTerraform, type TerraformResult } from "../../src/terraform/run-terraform.ts";
import { terraformErrors } from "../../src/terraform/terraform-errors.ts";

const AWS = "registry.terraform.io/hashicorp/aws";
const { mirrors } = findProviderMirrors({
  environment: process.env,
  home: homedir(),
  project: process.cwd(),
  platform: hostPlatform(),
});
const held = mirrors.flatMap(({ path, providers }) =>
  providers.filter(({ source }) => source === AWS).map(({ version }) => ({ path, version })),
)[0];

/** Nothing in it asks AWS: blocks in lists and sets, secrets, write-only values, numbers, unknowns, data, aliases. */
const ROOT = {
  terraform: { required_providers: { aws: { source: AWS, version: held?.version } } },
  provider: {
    aws: ["us-east-1", "eu-west-1"].map((region, at) => ({
      ...(at === 1 && { alias: "second" }),
      region,
      access_key: "test",
      secret_key: "test",
      skip_credentials_validation: true,
      skip_requesting_account_id: true,
      skip_metadata_api_check: true,
    })),
  },
  variable: { password: { default: "planted", sensitive: true, ephemeral: false } },
  data: {
    aws_iam_policy_document: { trust: { statement: [{ actions: ["s3:Get*"], resources: ["*"] }] } },
  },
  resource: {
    aws_s3_bucket: { raw: { bucket: "raw", tags: { a: "ä" }, provider: "aws.second" } },
    aws_iam_role: {
      worker: { name: "worker", assume_role_policy: "${data.aws_iam_policy_document.trust.json}" },
    },
    aws_db_instance: {
      main: {
        ...{ instance_class: "db.t4g.micro", engine: "postgres", allocated_storage: 20, username: "root" },
        password: "${var.password}",
        skip_final_snapshot: true,
      },
    },
    aws_secretsmanager_secret_version: {
      key: {
        secret_id: "${aws_s3_bucket.raw.id}",
        secret_string_wo: "${var.password}",
        secret_string_wo_version: 1,
      },
    },
    aws_security_group: {
      web: {
        name: "web",
        ingress: [80, 443].map((port) => ({
          ...{
            from_port: port,
            to_port: port,
            protocol: "tcp",
            cidr_blocks: ["10.0.0.0/8"],
            description: "",
          },
          ...{ ipv6_cidr_blocks: [], prefix_list_ids: [], security_groups: [], self: false },
        })),
      },
    },
    aws_lambda_function: {
      work: {
        ...{
          function_name: "work",
          role: "${aws_iam_role.worker.arn}",
          handler: "a.b",
          runtime: "python3.12",
        },
        filename: "main.tf.json",
        environment: [{ variables: { TOKEN: "${var.password}", ID: "${aws_s3_bucket.raw.id}" } }],
      },
    },
  },
  output: {
    role: { value: "${aws_iam_role.worker}" },
    password: { value: "${var.password}", sensitive: true },
  },
};

const NEED: SchemaNeed = {
  source: "hashicorp/aws",
  constraints: [],
  resources: Object.keys(ROOT.resource),
  dataSources: ["aws_iam_policy_document"],
  ephemerals: [],
};

let folder: string;
let terraformPath: string;
let found: FoundTerraform;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "platc-plan-schemas-"));
  writeFileSync(join(folder, "main.tf.json"), JSON.stringify(ROOT));
  writeFileSync(
    join(folder, "cli.tfrc"),
    `provider_installation {\n  filesystem_mirror {\n    path = "${held?.path}"\n  }\n}\n`,
  );
  const terraform = await findTerraform({ environment: process.env, constraint: ">= 1.11" });
  if (terraform.status === "missing") throw new Error(terraform.message);
  found = terraform;
  terraformPath = found.path;
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function terraform(command: TerraformCommand, more: object = {}): Promise<TerraformResult> {
  const cliConfig = { kind: "own", path: join(folder, "cli.tfrc") } as const;
  const { env } = childEnvironment(process.env, { cliConfig, isAwsEmulated: true });
  return runTerraform({
    binary: terraformPath,
    command,
    folder,
    env: { ...env, ...more },
    logFolder: join(folder, "logs"),
  });
}

async function served(need: SchemaNeed) {
  const schema = await installedSchema(need, held?.version, {
    tools: { mirrors, terraform: found },
    environment: process.env,
    tell: () => undefined,
  });
  if (schema?.status !== "ok") throw new Error(schema?.message ?? "no mirror holds it");
  return serveSchemas([readProviderSchema(schema.json, need.source, schema.version)]);
}

const reason = held === undefined ? " (skipped: no mirror holds hashicorp/aws)" : "";

test.skipIf(reason !== "")(
  `a plan says the same, byte by byte, with schemas that platc serves and with those of the provider${reason}`,
  { timeout: 180_000 },
  async () => {
    const planFile = join(folder, "plan.tfplan");
    expect((await terraform(initCommand({ hasLockFile: false }))).stderrText).toBe("");
    const planned = await terraform(planCommand({ planFile, isLocking: false }));
    expect(terraformErrors(planned)).toEqual([]);
    const byProvider = await terraform(showPlanCommand(planFile));
    expect(byProvider.exitCode).toBe(0);
    // What makes the test one: all of these are in it.
    for (const part of ['"after_unknown"', '"after_sensitive"', "planted", "secret_string_wo_version", "ä"])
      expect(byProvider.stdoutText).toContain(part);

    const service = await served(NEED);
    const byPlatc = await terraform(showPlanCommand(planFile), { TF_REATTACH_PROVIDERS: service.reattach });
    service.close();
    expect([byPlatc.exitCode, byPlatc.stderrText]).toEqual([0, ""]);
    expect(byPlatc.stdoutText).toBe(byProvider.stdoutText);

    // A type that is not served is refused, and never told otherwise.
    const fewer = await served({ ...NEED, resources: NEED.resources.slice(1) });
    const refused = await terraform(showPlanCommand(planFile), { TF_REATTACH_PROVIDERS: fewer.reattach });
    fewer.close();
    expect(refused.exitCode).not.toBe(0);
    expect(refused.stdoutText).toBe("");
  },
);

test.skipIf(reason !== "")(
  `a schema is asked for at the third plan, kept, and then served from the first on${reason}`,
  { timeout: 180_000 },
  async () => {
    const sources = diskSources(process.cwd());
    const { platform } = await analyse(sources, { spec: "specs/d2b/platform.yaml", parseHcl });
    if (!platform) throw new Error("the spec has mistakes");
    const [stack] = platform.stacks.filter(({ environment }) => environment.name === "dev");
    const open = (tools: object = {}, lock = sources) =>
      openPlanSchemas({
        platform,
        stacks: [stack!],
        sources: lock,
        tools: { terraform: found, mirrors, cliConfigText: undefined, ...tools },
        environment: { ...process.env, XDG_CACHE_HOME: join(folder, "cache") },
        signal: new AbortController().signal,
      });
    const served = { TF_REATTACH_PROVIDERS: expect.stringContaining(`"${AWS}"`) };
    const first = open();
    expect([await first.environment(), await first.environment()]).toEqual([undefined, undefined]);
    expect(await first.environment()).toEqual(served);
    await first.close();
    const second = open();
    expect(await second.environment()).toEqual(served);
    await second.close();
    const overridden = open({
      cliConfigText: 'provider_installation { dev_overrides { "hashicorp/aws" = "/x" } }',
    });
    const unlocked = open({}, { ...sources, readText: async () => undefined });
    for (const one of [overridden, unlocked])
      for (let times = 0; times < 3; times++) expect(await one.environment()).toBeUndefined();
  },
);
