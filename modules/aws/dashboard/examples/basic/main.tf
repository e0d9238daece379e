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

module "overview" {
  source = "../.."

  name = "platc-example"
  graphs = [{
    title   = "Load of the host"
    metrics = [{ namespace = "AWS/EC2", name = "CPUUtilization", dimensions = { InstanceId = "i-0123456789abcdef0" } }]
  }]
}
