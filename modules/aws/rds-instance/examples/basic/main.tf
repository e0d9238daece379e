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

module "database" {
  source = "../.."

  name       = "platc-example"
  vpc_id     = "vpc-0123456789abcdef0"
  subnet_ids = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  clients    = { bastion = "sg-0123456789abcdef0" }
  parameters = { log_min_duration_statement = "1000" }
}

output "secret_arn" {
  description = "Where the password is."
  value       = module.database.secret_arn
}
