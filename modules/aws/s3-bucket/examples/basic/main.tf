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

module "raw" {
  source = "../.."

  bucket        = "platc-example-raw"
  versioning    = true
  force_destroy = true

  policy_statements = [{
    sid        = "ReadReports"
    principals = { Service = ["quicksight.amazonaws.com"] }
    actions    = ["s3:GetObject"]
    paths      = ["/reports/*"]
  }]

  objects = {
    "input/numbers.csv" = { source = "${path.module}/numbers.csv", content_type = "text/csv" }
    "input/README"      = { content = "Raw layer. Costs $${amount} a month, 100 %% of it for \"emoji\" 🪣.\n" }
  }
}

output "bucket" {
  description = "Name of the bucket."
  value       = module.raw.bucket
}

output "object_uris" {
  description = "Where the uploaded objects are."
  value       = module.raw.object_uris
}
