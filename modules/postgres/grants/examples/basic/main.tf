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

module "application" {
  source = "../.."

  role                = "acme_hive"
  database            = "acme_hive"
  database_privileges = ["CONNECT", "TEMPORARY"]
  schemas             = { public = { privileges = ["USAGE", "CREATE"] } }
}

module "readers" {
  source = "../.."

  role     = "acme_readers"
  database = "acme_hive"
  schemas = {
    public = { tables = ["SELECT"], sequences = ["SELECT"], future = { owner = "acme_hive" } }
  }
}

output "role" {
  description = "The role, once it has its rights."
  value       = module.application.role
}
