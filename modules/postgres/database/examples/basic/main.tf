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

module "database" {
  source = "../.."

  name             = "acme_hive"
  connection_limit = 50
  extensions       = ["pg_trgm"]
}

output "id" {
  description = "Known when the database is shut."
  value       = module.database.id
}
