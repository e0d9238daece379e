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

resource "aws_iam_policy" "read_raw" {
  name = "platc-example-read-raw"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["s3:GetObject"], Resource = ["arn:aws:s3:::platc-example-raw/*"] }]
  })
}

module "worker" {
  source = "../.."

  name                = "platc-example-worker"
  description         = "Hosts that read the raw layer."
  trust               = { services = ["ec2.amazonaws.com", "lambda.amazonaws.com"] }
  instance_profile    = true
  managed_policy_arns = { read_raw = aws_iam_policy.read_raw.arn }

  statements = [{
    sid       = "WriteProcessed"
    actions   = ["s3:PutObject", "s3:DeleteObject"]
    resources = ["arn:aws:s3:::platc-example-processed/*"]
    conditions = [
      { test = "Bool", variable = "aws:SecureTransport", values = ["true"] },
    ]
  }]
}

output "arn" {
  description = "ARN of the role."
  value       = module.worker.arn
}

output "instance_profile" {
  description = "Name of the instance profile."
  value       = module.worker.instance_profile
}
