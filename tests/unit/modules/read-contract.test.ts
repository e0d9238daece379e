import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseHcl } from "../../../src/disk/hcl-parser.ts";
import type { ModuleContract } from "../../../src/modules/contract.ts";
import type { ParsedHcl } from "../../../src/modules/parsed-hcl.ts";
import { readContract, type NestedContract, type ReadContract } from "../../../src/modules/read-contract.ts";

async function read(texts: Record<string, string>, nested?: NestedContract): Promise<ReadContract> {
  const files = new Map<string, ParsedHcl>();
  for (const [name, text] of Object.entries(texts)) files.set(name, await parseHcl(name, text));
  return readContract(files, nested);
}

async function contractOf(texts: Record<string, string>, nested?: NestedContract): Promise<ModuleContract> {
  const { contract, problems } = await read(texts, nested);
  expect(problems).toEqual([]);
  return contract;
}

const STRING = { kind: "string" };
const PLAIN = {
  type: { kind: "any" },
  required: false,
  sensitive: false,
  nullable: true,
  ephemeral: false,
  validations: [],
};

test("the whole contract of a module", async () => {
  const contract = await contractOf({
    "variables.tf": `
      variable "bucket" {
        type        = string
        description = <<-EOT
          Name of the "bucket",
            $\${literal}.
        EOT
        validation {
          condition     = length(var.bucket) > 2 && var.bucket != "\${var.bucket}x"
          error_message = "Too short: \${var.bucket}."
        }
        validation {
          condition     = true
          error_message = "Never."
        }
      }
      variable "rules" {
        type = map(object({
          days = optional(number, 30) # how long
          tags = map(string)
        }))
        default  = {}
        nullable = false
      }
      variable "password" {
        type      = "string"
        default   = null
        sensitive = true
        ephemeral = true
      }`,
    "main.tf": `
      terraform {
        required_version = ">= 1.10"
        required_providers {
          aws = {
            source                = "hashicorp/aws"
            version               = "~> 5.100"
            configuration_aliases = [aws.us, aws.eu]
          }
          datadog = { source = "registry.terraform.io/DataDog/datadog" }
          corp    = { source = "registry.corp.example/team/corp" }
          null    = "~> 3.2"
        }
      }
      resource "aws_s3_bucket" "raw" {
        bucket   = var.bucket
        provider = aws.us
        lifecycle {
          prevent_destroy = true
        }
      }
      resource "random_id" "suffix" { byte_length = 4 }
      resource "google_thing" "x" { provider = google-beta }
      resource "terraform_data" "x" {}
      data "http" "me" { url = "https://example.com" }
      ephemeral "vault_secret" "s" {}
      check "health" {
        data "dns_a_record_set" "me" { host = "example.com" }
        assert {
          condition     = true
          error_message = "x"
        }
      }
      module "vpc" {
        source  = "terraform-aws-modules/vpc/aws"
        version = "~> 5.0"
      }
      locals { a = 1 }
      locals { b = 2 }
      moved {
        from = random_id.a
        to   = random_id.suffix
      }`,
    "outputs.tf": `
      output "arn" {
        value       = aws_s3_bucket.raw.arn
        description = "Its ARN"
        precondition {
          condition     = true
          error_message = "x"
        }
      }
      output "password" {
        value     = var.password
        sensitive = true
      }`,
  });
  const implied = (name: string) => [name, { name, source: `hashicorp/${name}`, aliases: [] }] as const;
  const resource = (mode: string, type: string, name: string) => ({
    mode,
    type,
    name,
    preventDestroy: false,
  });
  expect([...contract.inputs.keys()]).toEqual(["bucket", "rules", "password"]);
  expect(contract).toEqual({
    inputs: new Map<string, object>([
      [
        "bucket",
        {
          ...PLAIN,
          name: "bucket",
          type: STRING,
          required: true,
          description: 'Name of the "bucket",\n  ${literal}.\n',
          validations: [
            {
              condition: 'length(var.bucket) > 2 && var.bucket != "${var.bucket}x"',
              errorMessage: "Too short: ${var.bucket}.",
            },
            { condition: "true", errorMessage: "Never." },
          ],
        },
      ],
      [
        "password",
        { ...PLAIN, name: "password", type: STRING, default: null, sensitive: true, ephemeral: true },
      ],
      [
        "rules",
        {
          ...PLAIN,
          name: "rules",
          type: {
            kind: "map",
            element: {
              kind: "object",
              attributes: new Map<string, object>([
                ["days", { type: { kind: "number" }, optional: true, default: 30 }],
                ["tags", { type: { kind: "map", element: STRING }, optional: false }],
              ]),
            },
          },
          default: {},
          nullable: false,
        },
      ],
    ]),
    outputs: new Map<string, object>([
      ["arn", { name: "arn", description: "Its ARN", sensitive: false, ephemeral: false }],
      ["password", { name: "password", sensitive: true, ephemeral: false }],
    ]),
    providers: new Map<string, object>([
      ["aws", { name: "aws", source: "hashicorp/aws", version: "~> 5.100", aliases: ["us", "eu"] }],
      ["datadog", { name: "datadog", source: "datadog/datadog", aliases: [] }],
      ["corp", { name: "corp", source: "registry.corp.example/team/corp", aliases: [] }],
      ["null", { name: "null", source: "hashicorp/null", version: "~> 3.2", aliases: [] }],
      implied("dns"),
      implied("http"),
      implied("vault"),
      implied("google-beta"),
      implied("random"),
    ]),
    requiredVersions: [">= 1.10"],
    resources: [
      { ...resource("managed", "aws_s3_bucket", "raw"), provider: "aws.us", preventDestroy: true },
      resource("managed", "random_id", "suffix"),
      { ...resource("managed", "google_thing", "x"), provider: "google-beta" },
      resource("managed", "terraform_data", "x"),
      resource("data", "http", "me"),
      resource("ephemeral", "vault_secret", "s"),
      resource("data", "dns_a_record_set", "me"),
    ],
    moduleCalls: [{ name: "vpc", source: "terraform-aws-modules/vpc/aws", version: "~> 5.0" }],
    files: ["main.tf", "outputs.tf", "variables.tf"],
    hasBackend: false,
    hasProviderBlocks: false,
  });
});

describe("defaults", () => {
  async function defaultOf(text: string, file = "main.tf"): Promise<unknown> {
    const { inputs } = await contractOf({ [file]: text });
    const { required, ...input } = inputs.get("x")!;
    expect(required).toBe(false);
    return "default" in input ? input.default : "no literal";
  }

  test.each([
    ['"a $${b} %%{c} \\"d\\" \\\\ \\u00e9\\n"', 'a ${b} %{c} "d" \\ é\n'],
    ["<<EOT\n$${x} and \\n\nEOT", "${x} and \\n\n"],
    ['[1, -2, 1.5, true, null, { a = "b", "c-d" = [] }]', [1, -2, 1.5, true, null, { a: "b", "c-d": [] }]],
    ["-(1)", "no literal"],
    ["[for n in [1] : n]", "no literal"],
    ['{ "${"a"}-${1 + 1}" = 1 }', "no literal"],
    ["12345678901234567890", "no literal"],
  ])("%s", async (text, expected) => {
    expect(await defaultOf(`variable "x" {\n  default = ${text}\n}`)).toEqual(expected);
  });

  test("in JSON nothing is escaped, and whole numbers are exact", async () => {
    const text = '{"variable":{"x":{"default":["${a}","$${b}",12345678901234567890]}}}';
    expect(await defaultOf(text, "main.tf.json")).toEqual(["${a}", "$${b}", 12345678901234567890n]);
  });
});

test("a file of Terraform JSON counts like one in HCL", async () => {
  const contract = await contractOf({
    "main.tf.json": JSON.stringify({
      "//": "a comment",
      terraform: { backend: { s3: {} }, required_providers: { aws: { source: "aws", version: "5.1.0" } } },
      variable: [
        { a: { type: "list(string)", "//": "x", validation: { condition: "${true}", error_message: "x" } } },
        { b: [{}] },
      ],
      provider: { aws: [{ region: "x" }, { alias: "us" }] },
      resource: { aws_s3_bucket: { raw: { provider: "aws.us", lifecycle: { prevent_destroy: true } } } },
    }),
  });
  expect([...contract.inputs.values()]).toEqual([
    {
      ...PLAIN,
      name: "a",
      type: { kind: "list", element: STRING },
      required: true,
      validations: [{ condition: "true", errorMessage: "x" }],
    },
    { ...PLAIN, name: "b", required: true },
  ]);
  expect([...contract.providers.values()]).toEqual([
    { name: "aws", source: "hashicorp/aws", version: "5.1.0", aliases: [] },
  ]);
  expect(contract.resources).toEqual([
    { mode: "managed", type: "aws_s3_bucket", name: "raw", provider: "aws.us", preventDestroy: true },
  ]);
  expect([contract.hasBackend, contract.hasProviderBlocks]).toEqual([true, true]);
});

describe("override files", () => {
  test("are laid over the others, argument by argument, in the order of their names", async () => {
    const contract = await contractOf({
      "z_override.tf": 'variable "a" {\n  default = "z"\n}',
      "override.tf": `
        variable "a" {
          default   = "override"
          sensitive = true
        }
        resource "aws_s3_bucket" "raw" {
          lifecycle { create_before_destroy = true }
        }
        provider "aws" {
          alias  = "us"
          region = "us-west-2"
        }
        module "sub" { source = "./other" }
        terraform {
          required_version = ">= 1.11"
          required_providers {
            aws = {
              source  = "hashicorp/aws"
              version = "6.0.0"
            }
          }
        }`,
      "main.tf": `
        terraform {
          required_version = ">= 1.3"
          required_providers {
            aws = {
              source  = "hashicorp/aws"
              version = "~> 5.0"
            }
          }
        }
        variable "a" {
          type = string
          validation {
            condition     = true
            error_message = "kept"
          }
        }
        resource "aws_s3_bucket" "raw" {
          lifecycle { prevent_destroy = true }
        }
        provider "aws" { alias = "us" }
        module "sub" { source = "./sub" }`,
    });
    expect(contract.inputs.get("a")).toEqual({
      ...PLAIN,
      name: "a",
      type: STRING,
      default: "z",
      sensitive: true,
      validations: [{ condition: "true", errorMessage: "kept" }],
    });
    expect(contract.resources.map(({ preventDestroy }) => preventDestroy)).toEqual([true]);
    expect(contract.requiredVersions).toEqual([">= 1.11"]);
    expect(contract.providers.get("aws")?.version).toBe("6.0.0");
    expect(contract.moduleCalls).toEqual([{ name: "sub", source: "./other" }]);
    expect(contract.files).toEqual(["main.tf", "override.tf", "z_override.tf"]);
  });

  test("must override something, and no validation", async () => {
    const { contract, problems } = await read({
      "main.tf": 'variable "a" {}',
      "my_override.tf.json": '{"variable":{"a":{"validation":{"condition":"x","error_message":"y"}},"b":{}}}',
    });
    expect(problems).toEqual([
      {
        file: "my_override.tf.json",
        message: "variable 'a' has a validation, which an override file cannot change",
      },
      { file: "my_override.tf.json", message: "variable 'b' overrides nothing: no other file declares it" },
    ]);
    expect([...contract.inputs.keys()]).toEqual(["a"]);
  });
});

describe("local modules", () => {
  test("count for the module that calls them", async () => {
    const inner = await contractOf({
      "main.tf": `
        terraform {
          required_version = ">= 1.5"
          required_providers {
            aws = {
              source                = "hashicorp/aws"
              version               = ">= 5.1"
              configuration_aliases = [aws.peer]
            }
            random = { source = "acme/random" }
            cloud  = { source = "acme/cloud" }
          }
        }
        resource "aws_subnet" "a" {
          lifecycle { prevent_destroy = true }
        }`,
    });
    const sub = await contractOf(
      { "main.tf": 'module "inner" {\n  source    = "../inner/"\n  providers = { aws.peer = aws.us }\n}' },
      (source) => (source === "../inner/" ? inner : undefined),
    );
    expect([...sub.providers.keys()]).toEqual(["aws", "cloud", "random"]);
    const contract = await contractOf(
      {
        "main.tf": `
          terraform {
            required_version = ">= 1.3"
            required_providers {
              amazon = {
                source  = "hashicorp/aws"
                version = "~> 5.0, >= 5.1"
              }
            }
          }
          resource "random_id" "x" {}
          module "sub" {
            source    = "./sub"
            providers = { aws = amazon }
          }
          module "far" { source = "acme/far/aws" }`,
      },
      (source) => (source === "./sub" ? sub : undefined),
    );
    expect(Object.fromEntries(contract.providers)).toEqual({
      amazon: { name: "amazon", source: "hashicorp/aws", version: "~> 5.0, >= 5.1", aliases: [] },
      random: { name: "random", source: "hashicorp/random", aliases: [] },
      "acme-random": { name: "acme-random", source: "acme/random", aliases: [] },
      cloud: { name: "cloud", source: "acme/cloud", aliases: [] },
    });
    expect(contract.requiredVersions).toEqual([">= 1.3", ">= 1.5"]);
    expect(contract.resources).toEqual([
      { mode: "managed", type: "random_id", name: "x", preventDestroy: false },
      {
        mode: "managed",
        type: "aws_subnet",
        name: "a",
        module: "sub.inner",
        providerSource: "hashicorp/aws",
        preventDestroy: true,
      },
    ]);
    expect(contract.files).toEqual(["inner/main.tf", "main.tf", "sub/main.tf"]);
  });

  test("must be there", async () => {
    const { problems } = await read({ "main.tf": 'module "a" { source = "../nope" }' }, () => undefined);
    expect(problems).toEqual([
      { file: "main.tf", line: 1, message: "module 'a' calls '../nope', where there is no module" },
    ]);
  });
});

test("problems name the file, and the place where the parser knows it", async () => {
  const { problems } = await read({
    "a.tf": 'variable "x" {}\nvariable "x" {}\nvariable "t" { type = strin }',
    "b.tf":
      'variable "x" { type = string }\nprovider "aws" {}\nprovider "aws" {}\nprovider "aws" { alias = "a" }',
    "c.tf": 'variable "y" {\n  type =\n}\nvariable "z" {\n  a b\n}',
    "d.tf.json": '{"variable": {\n  "x": }}',
    "e.tf": 'variable "a" "b" {}',
    "f.tf": 'resource "a" {}',
    "g.tf": "variable {}\n",
    "h.tf": "terraform {\n  required_providers {}\n}\nterraform {\n  required_providers {}\n}",
    "i.tf": 'variable {}\nvariable "a" {}',
  });
  expect(problems).toEqual([
    {
      file: "c.tf",
      message:
        "Invalid expression: Expected the start of an expression, but found an invalid expression token",
      line: 2,
      column: 9,
    },
    expect.objectContaining({ file: "c.tf", line: 5, column: 6 }),
    { file: "d.tf.json", message: "Object value expected after ':'", line: 2, column: 8 },
    { file: "e.tf", message: "The block variable 'a' must have one label: name" },
    { file: "f.tf", message: "The block resource 'a' must have two labels: type and name" },
    { file: "g.tf", message: "The block variable must have one label: name" },
    {
      file: "i.tf",
      message: "Unable to convert Block to JSON: variable.a",
    },
    { file: "a.tf", line: 2, message: "variable 'x' is declared twice" },
    { file: "b.tf", line: 1, message: "variable 'x' is declared twice, first in 'a.tf'" },
    { file: "b.tf", line: 3, message: "provider 'aws' is declared twice" },
    { file: "a.tf", line: 3, message: "variable 't' has a type that cannot be read: strin" },
    { file: "h.tf", line: 4, message: "required_providers is declared twice" },
  ]);
});

test("every module of this repository is read without a problem", async () => {
  const root = join(import.meta.dirname, "../../../modules");
  for (const cloud of readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory())) {
    for (const module of readdirSync(join(root, cloud.name), { withFileTypes: true })) {
      const folder = join(root, cloud.name, module.name);
      if (!module.isDirectory()) continue;
      const names = readdirSync(folder).filter((name) => /\.tf(\.json)?$/.test(name));
      const texts = Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), "utf8")]));
      const { contract, problems } = await read(texts);
      expect(problems, folder).toEqual([]);
      if (names.length > 0) expect(contract.hasProviderBlocks, folder).toBe(false);
    }
  }
});
