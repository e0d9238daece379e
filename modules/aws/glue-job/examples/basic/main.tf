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

resource "aws_s3_bucket" "scripts" {
  bucket = "platc-example-scripts"
}

module "count" {
  source = "../.."

  name              = "platc-example-count"
  script            = "${path.module}/count.py"
  script_bucket     = aws_s3_bucket.scripts.bucket
  default_arguments = { "--bucket" = "platc-example-raw" }
  schedule          = { expression = "cron(0 6 * * ? *)", timezone = "UTC" }
  database          = { name = "platc_example" }
  crawler           = { s3_paths = ["s3://platc-example-raw/counts"] }

  statements = [{
    actions   = ["s3:GetObject", "s3:ListBucket"]
    resources = ["arn:aws:s3:::platc-example-raw", "arn:aws:s3:::platc-example-raw/*"]
  }]
}

module "report" {
  source = "../.."

  name          = "platc-example-report"
  kind          = "pythonshell"
  script        = "${path.module}/count.py"
  script_bucket = aws_s3_bucket.scripts.bucket
  role          = { arn = module.count.role_arn }
  after_jobs    = [module.count.job_name]
}

output "job_names" {
  description = "Names of the jobs."
  value       = [module.count.job_name, module.report.job_name]
}

output "script_uris" {
  description = "Where their scripts are."
  value       = [module.count.script_uri, module.report.script_uri]
}
