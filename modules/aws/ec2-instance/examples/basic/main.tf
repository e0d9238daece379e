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

data "aws_subnets" "default" {
  filter {
    name   = "default-for-az"
    values = ["true"]
  }
}

data "aws_security_group" "default" {
  name = "default"
}

module "host" {
  source = "../.."

  name               = "platc-example"
  instance_type      = "t3.micro"
  subnet_id          = data.aws_subnets.default.ids[0]
  security_group_ids = [data.aws_security_group.default.id]
  user_data          = "#!/bin/sh\nhostnamectl set-hostname platc-example\n"
}

output "private_ip" {
  description = "Address of the host."
  value       = module.host.private_ip
}
