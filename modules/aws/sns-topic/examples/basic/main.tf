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

module "alarms" {
  source = "../.."

  name   = "platc-example-alarms"
  emails = ["oncall@example.com"]
}

output "arn" {
  description = "ARN of the topic."
  value       = module.alarms.arn
}
