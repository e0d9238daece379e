terraform {
  required_version = ">= 1.11"

  required_providers {
    kubernetes = {
      source  = "hashicorp/kubernetes"
      version = ">= 2.35, < 4.0"
    }
  }
}

# In real use the address and the certificate of a cluster, and a token by exec.
provider "kubernetes" {
  host = "https://kubernetes.example.com"
}

variable "password" {
  description = "Password of the database user."
  type        = string
  sensitive   = true
  default     = "an-example-and-no-secret"
}

module "hive" {
  source = "../.."

  namespace       = "acme"
  service_account = "hive"
  image           = "platcexample.azurecr.io/hive:3f2a9c0d11e4"
  database        = { host = "postgresql.example.com", name = "acme_hive", user = "acme_hive" }
  password        = var.password
  warehouse       = "abfss://warehouse@platcexample.dfs.core.windows.net"
  replicas        = 2
  configuration   = { "metastore.try.direct.sql" = "true" }
}

module "existing_secret" {
  source = "../.."

  name            = "other"
  namespace       = "acme"
  image           = "platcexample.azurecr.io/hive:3f2a9c0d11e4"
  database        = { host = "postgresql.example.com", name = "other", user = "other" }
  password_secret = { name = "from-the-vault" }
  warehouse       = "s3a://platc-example/"
}

output "uri" {
  description = "What Trino is given."
  value       = module.hive.uri
}
