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

module "state" {
  source = "../.."

  bucket     = "platc-example-state"
  lock_table = { name = "platc-example-locks" }
}

output "bucket" {
  description = "Name of the state bucket."
  value       = module.state.bucket
}

output "lock_table" {
  description = "Name of the lock table."
  value       = module.state.lock_table
}
