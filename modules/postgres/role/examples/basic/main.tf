terraform {
  required_version = ">= 1.11"

  required_providers {
    postgresql = {
      source  = "cyrilgdn/postgresql"
      version = ">= 1.25, < 2.0"
    }
  }
}

# In real use with a password and sslmode = "require".
provider "postgresql" {
  host      = "postgresql.example.com"
  username  = "platform"
  superuser = false
}

variable "password" {
  description = "Password of the role."
  type        = string
  sensitive   = true
  default     = "an-example-and-no-secret"
}

module "readers" {
  source = "../.."

  name = "acme_readers"
}

module "hive" {
  source = "../.."

  name             = "acme_hive"
  password         = var.password
  member_of        = [module.readers.name]
  connection_limit = 20
}

output "name" {
  description = "Name of the role."
  value       = module.hive.name
}
