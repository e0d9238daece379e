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

module "network" {
  source = "../.."

  name            = "platc-example"
  public_subnets  = { ap-northeast-2a = "10.0.1.0/24" }
  private_subnets = { ap-northeast-2a = "10.0.101.0/24", ap-northeast-2c = "10.0.103.0/24" }
  private_zone    = "platc-example.internal"
}

output "vpc_id" {
  description = "Id of the network."
  value       = module.network.vpc_id
}
