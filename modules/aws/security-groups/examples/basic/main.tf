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

data "aws_vpc" "default" {
  default = true
}

module "access" {
  source = "../.."

  vpc_id = data.aws_vpc.default.id
  prefix = "platc-example-"
  groups = {
    web      = "Hosts that answer over HTTPS."
    database = "Hosts with PostgreSQL."
  }
  flows = {
    https    = { from = "0.0.0.0/0", to = "web", port = 443 }
    postgres = { from = "web", to = "database", port = 5432 }
  }
}

output "rule_count" {
  description = "Three: one of https, two of postgres."
  value       = module.access.rule_count
}
