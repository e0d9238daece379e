terraform {
  required_version = ">= 1.10"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.80, < 7.0"
    }
  }
}

provider "aws" {
  region = "ap-northeast-2"
}

module "catalog" {
  source = "../.."

  database    = "platc_example"
  description = "What the platform knows."

  tables = {
    counts = {
      location       = "s3://platc-example-processed/counts"
      format         = "parquet"
      columns        = [{ name = "key", type = "string" }, { name = "count", type = "bigint", comment = "objects seen" }]
      partition_keys = [{ name = "day", type = "date" }]
    }

    numbers = {
      location = "s3://platc-example-raw/input"
      format   = "csv"
      columns  = [{ name = "name", type = "string" }, { name = "value", type = "string" }]
    }
  }
}

output "database" {
  description = "Name of the database."
  value       = module.catalog.database
}

output "table_arns" {
  description = "ARNs of the tables."
  value       = module.catalog.table_arns
}
