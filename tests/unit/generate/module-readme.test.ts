import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { expect, test } from "vitest";
import { parseHcl } from "../../../src/disk/hcl-parser.ts";
import { moduleReadme } from "../../../src/generate/module-readme.ts";
import type { ModuleContract } from "../../../src/modules/contract.ts";
import type { ParsedHcl } from "../../../src/modules/parsed-hcl.ts";
import { readContract } from "../../../src/modules/read-contract.ts";

const MODULES = join(import.meta.dirname, "../../../modules");

async function contractOf(texts: Record<string, string>): Promise<ModuleContract> {
  const files = new Map<string, ParsedHcl>();
  for (const [name, text] of Object.entries(texts)) files.set(name, await parseHcl(name, text));
  return readContract(files).contract;
}

async function contractIn(folder: string): Promise<ModuleContract> {
  const files = new Map<string, ParsedHcl>();
  for (const name of readdirSync(folder).filter((one) => /\.tf(\.json)?$/.test(one))) {
    files.set(name, await parseHcl(name, readFileSync(join(folder, name), "utf8")));
  }
  const nested = new Map<string, ModuleContract>();
  for (const { source } of readContract(files).contract.moduleCalls) {
    if (source.startsWith(".")) nested.set(source, await contractIn(normalize(join(folder, source))));
  }
  return readContract(files, (source) => nested.get(source)).contract;
}

test("the tables of a contract stand between the markers", async () => {
  const contract = await contractOf({
    "main.tf": `
      terraform {
        required_providers {
          aws = {
            source                = "hashicorp/aws"
            version               = ">= 5.0, < 7.0"
            configuration_aliases = [aws.us]
          }
        }
      }
      variable "name" {
        description = "A <name>,\\na|b."
        type        = string
      }
      variable "tags" {
        type      = map(object({ a = optional(string, "x|y") }))
        default   = { b = { a = "\`" } }
        sensitive = true
      }
      variable "sum" { default = 1 + 1 }
      output "arn" { value = 1 }
      output "secret" {
        value       = 1
        description = "Never shown."
        sensitive   = true
      }
      resource "aws_s3_bucket" "b" {}
      resource "aws_s3_bucket" "a" {}
      data "http" "x" {}`,
  });
  const readme = "# title\n\n<!-- contract:begin -->\nold\n<!-- contract:end -->\n\nmore\n";
  const updated = moduleReadme(readme, contract);
  expect(updated).toBe(`# title

<!-- contract:begin -->
## Inputs

| Name | Type | Default | What it is |
|---|---|---|---|
| \`name\` | \`string\` | required | A &lt;name>, a\\|b. |
| \`tags\` | \`map(object({ a = optional(string, "x\\|y") }))\` | \`\`{ b = { a = "\`" } }\`\` | Sensitive. |
| \`sum\` | \`any\` | computed |  |

## Outputs

| Name | What it is |
|---|---|
| \`arn\` |  |
| \`secret\` | Never shown. Sensitive. |

## Providers

| Name | Source | Version |
|---|---|---|
| \`aws\`, \`aws.us\` | \`hashicorp/aws\` | \`>= 5.0, < 7.0\` |
| \`http\` | \`hashicorp/http\` |  |

## Resources

| Type | Names |
|---|---|
| \`aws_s3_bucket\` | \`a\`, \`b\` |
| \`http\` (data) | \`x\` |
<!-- contract:end -->

more
`);
  expect(moduleReadme(updated, contract)).toBe(updated);
});

test("a README without markers stays as it is", async () => {
  expect(moduleReadme("# title\n", await contractOf({}))).toBe("# title\n");
});

const readmes = readdirSync(MODULES, { recursive: true, encoding: "utf8" })
  .filter((path) => /^[^/\\]+[/\\][^/\\]+[/\\]README\.md$/.test(path))
  .sort();

// `npm run docs:modules` runs this file with -u, which writes what is not current.
test.each(readmes)("modules/%s is current", async (path) => {
  const file = join(MODULES, path);
  const readme = readFileSync(file, "utf8");
  expect(readme).toContain("<!-- contract:begin -->");
  await expect(moduleReadme(readme, await contractIn(dirname(file)))).toMatchFileSnapshot(file);
});
