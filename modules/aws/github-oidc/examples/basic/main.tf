terraform {
  required_version = ">= 1.10"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.81, < 7.0"
    }
  }
}

provider "aws" {
  region = "ap-northeast-2"
}

module "deployment" {
  source = "../.."

  name       = "platc-example"
  repository = { owner = "example", name = "data-platform" }

  plan_role = {
    statements = [{
      sid       = "ReadEverythingOfTheExample"
      actions   = ["s3:Get*", "s3:List*", "lambda:Get*", "lambda:List*"]
      resources = ["*"]
    }]
    lock_object_arns = ["arn:aws:s3:::platc-example-state/*.tflock"]
  }

  environments = {
    dev = {
      statements = [{ actions = ["s3:*", "lambda:*"], resources = ["*"] }]
    }
    prod = {
      statements = [
        { actions = ["s3:*", "lambda:*"], resources = ["*"] },
        { sid = "KeepStates", effect = "Deny", actions = ["s3:DeleteBucket"], resources = ["arn:aws:s3:::platc-example-state"] },
      ]
    }
  }
}

output "plan_role_arn" {
  description = "ARN of the role for pull requests."
  value       = module.deployment.plan_role_arn
}

output "apply_role_arns" {
  description = "ARNs of the apply roles, by environment."
  value       = module.deployment.apply_role_arns
}

output "subjects" {
  description = "The sub that a token must carry, by role."
  value       = module.deployment.subjects
}
