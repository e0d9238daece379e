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

module "bastion" {
  source = "../.."

  name      = "platc-example-bastion"
  vpc_id    = "vpc-0123456789abcdef0"
  subnet_id = "subnet-0123456789abcdef0"
}

output "id" {
  description = "What aws ssm start-session --target takes."
  value       = module.bastion.id
}
