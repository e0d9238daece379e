import { expect, test } from "vitest";
import { parseHcl } from "../../../src/disk/hcl-parser.ts";
import { loadModules } from "../../../src/modules/load-modules.ts";
import type { ModuleContract } from "../../../src/modules/contract.ts";
import { typesInUse } from "../../../src/provider/types-in-use.ts";
import { memorySources } from "../../../src/source/memory-sources.ts";

test("types of a module belong to the providers that its required_providers name", async () => {
  const contract = await contractOf({
    "modules/shop/main.tf": `
      terraform {
        required_providers {
          cloud = { source = "Acme/Cloud" }
          aws   = { source = "registry.terraform.io/hashicorp/aws", configuration_aliases = [aws.us] }
          own   = { source = "registry.acme.example/acme/own" }
        }
      }
      resource "cloud_server" "main" {}
      resource "aws_s3_bucket" "main" { provider = aws.us }
      resource "own_thing" "main" { provider = own }
      resource "aws_s3_bucket" "other" { provider = cloud.east }
      resource "random_id" "main" { byte_length = 4 }
      resource "terraform_data" "main" {}
      data "terraform_remote_state" "main" { backend = "local" }
      data "aws_region" "main" {}
      ephemeral "random_password" "main" { length = 4 }
      check "up" {
        data "http" "page" { url = "https://example.com" }
        assert {
          condition     = true
          error_message = "no"
        }
      }`,
  });
  expect(typesInUse([{ root: {}, contracts: [contract] }])).toEqual([
    use("acme/cloud", { resources: ["aws_s3_bucket", "cloud_server"] }),
    use("hashicorp/aws", { resources: ["aws_s3_bucket"], dataSources: ["aws_region"] }),
    use("hashicorp/http", { dataSources: ["http"] }),
    use("hashicorp/random", { resources: ["random_id"], ephemerals: ["random_password"] }),
    use("registry.acme.example/acme/own", { resources: ["own_thing"] }),
  ]);
});

test("types of local modules belong to the providers that those modules name, whatever the types are called", async () => {
  const contract = await contractOf({
    "modules/shop/main.tf": `
      terraform {
        required_providers {
          cloud = { source = "acme/cloud" }
        }
      }
      module "inner" { source = "./inner" }`,
    "modules/shop/inner/main.tf": `
      terraform {
        required_providers {
          pg    = { source = "cyrilgdn/postgresql" }
          cloud = { source = "other/cloud" }
        }
      }
      module "innermost" { source = "../innermost" }
      resource "postgresql_role" "main" {
        provider = pg
        name     = "app"
      }
      resource "cloud_server" "main" {}
      data "cloud_image" "main" { provider = pg }
      resource "terraform_data" "main" {}`,
    "modules/shop/innermost/main.tf": `
      terraform {
        required_providers {
          cloud = { source = "third/cloud" }
        }
      }
      resource "cloud_disk" "main" { provider = cloud.fast }`,
  });
  expect(typesInUse([{ root: {}, contracts: [contract] }])).toEqual([
    use("acme/cloud", {}),
    use("cyrilgdn/postgresql", { resources: ["postgresql_role"], dataSources: ["cloud_image"] }),
    use("other/cloud", { resources: ["cloud_server"] }),
    use("third/cloud", { resources: ["cloud_disk"] }),
  ]);
});

test("a root module adds its resources, what 'extra' lays in, and providers that it only configures", () => {
  const root = {
    terraform: {
      required_providers: {
        aws: { source: "hashicorp/aws", version: "~> 5.100" },
        pg: { source: "cyrilgdn/postgresql" },
        kubernetes: { source: "hashicorp/kubernetes" },
      },
    },
    resource: {
      aws_s3_bucket: { one: {}, two: [{ provider: "aws.us" }] },
      postgresql_role: { app: { provider: "pg" } },
      terraform_data: { mark: {} },
    },
    data: [{ aws_region: { here: {} } }, { terraform_remote_state: { network: {} } }],
    ephemeral: { aws_kms_secrets: { all: {} } },
    check: { up: { data: { http: { page: {} } } } },
  };
  expect(typesInUse([{ root, contracts: [] }])).toEqual([
    use("cyrilgdn/postgresql", { resources: ["postgresql_role"] }),
    use("hashicorp/aws", {
      resources: ["aws_s3_bucket"],
      dataSources: ["aws_region"],
      ephemerals: ["aws_kms_secrets"],
    }),
    use("hashicorp/http", { dataSources: ["http"] }),
    use("hashicorp/kubernetes", {}),
  ]);
});

test("several roots are one list, each type once", () => {
  const root = (type: string) => ({ root: { resource: { [type]: { main: {} } } }, contracts: [] });
  expect(typesInUse([root("random_pet"), root("random_id"), root("random_pet")])).toEqual([
    use("hashicorp/random", { resources: ["random_id", "random_pet"] }),
  ]);
});

interface Types {
  readonly resources?: readonly string[];
  readonly dataSources?: readonly string[];
  readonly ephemerals?: readonly string[];
}

function use(source: string, types: Types): object {
  return { source, resources: [], dataSources: [], ephemerals: [], ...types };
}

async function contractOf(files: Readonly<Record<string, string>>): Promise<ModuleContract> {
  const found = (await loadModules(["shop"], memorySources(files), parseHcl)).get("shop")!;
  expect(found.problems).toEqual([]);
  return found.contract!;
}
