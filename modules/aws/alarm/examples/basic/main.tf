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

module "cpu" {
  source = "../.."

  name        = "platc-example-cpu"
  description = "A host has been busy for ten minutes: look at its processes."
  metric      = { namespace = "AWS/EC2", name = "CPUUtilization", dimensions = { InstanceId = "i-0123456789abcdef0" } }
  threshold   = 80
  period      = 300
}

output "arn" {
  description = "ARN of the alarm."
  value       = module.cpu.arn
}
