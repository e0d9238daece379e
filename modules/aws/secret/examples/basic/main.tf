terraform {
  required_version = ">= 1.11"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.92, < 7.0"
    }
  }
}

provider "aws" {
  region = "ap-northeast-2"
}

variable "password" {
  description = "Password of the database."
  type        = string
  sensitive   = true
}

module "database" {
  source = "../.."

  name          = "platc-example/database"
  description   = "Opens the example's database."
  fields        = { host = "db.example.internal", login = "reader" }
  secret_fields = { password = var.password }
}

output "arn" {
  description = "ARN of the secret."
  value       = module.database.arn
}
