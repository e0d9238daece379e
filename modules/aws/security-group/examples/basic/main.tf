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

module "web" {
  source = "../.."

  name        = "platc-example-web"
  description = "Hosts that answer over HTTPS."
  vpc_id      = data.aws_vpc.default.id
  ingress     = { https = { port = 443, cidr = "0.0.0.0/0" } }
  egress      = { updates = { port = 443, cidr = "0.0.0.0/0" } }
}

module "database" {
  source = "../.."

  name    = "platc-example-database"
  vpc_id  = data.aws_vpc.default.id
  ingress = { postgres = { port = 5432, group_id = module.web.id } }
}

output "id" {
  description = "Id of the database's group."
  value       = module.database.id
}
