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

# function.zip holds function/main.py.
module "greeting" {
  source = "../.."

  name    = "platc-example-greeting"
  package = "${path.module}/function.zip"
  handler = "main.handler"
  runtime = "python3.13"

  environment = {
    GREETING = "안녕하세요"
  }

  statements = [{
    sid       = "ReadRaw"
    actions   = ["s3:GetObject"]
    resources = ["arn:aws:s3:::platc-example-raw/*"]
  }]

  schedule = {
    expression = "cron(0 6 * * ? *)"
    timezone   = "Asia/Seoul"
    input      = jsonencode({ source = "schedule" })
  }
}

output "name" {
  description = "Name of the function."
  value       = module.greeting.name
}

output "role_arn" {
  description = "The role that the function runs as."
  value       = module.greeting.role_arn
}
