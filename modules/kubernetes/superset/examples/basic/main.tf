terraform {
  required_version = ">= 1.11"

  required_providers {
    helm = {
      source  = "hashicorp/helm"
      version = ">= 3.0, < 4.0"
    }
  }
}

# In real use the address and the certificate of a cluster, and a token by exec.
provider "helm" {
  kubernetes = {
    host = "https://kubernetes.example.com"
  }
}

variable "password" {
  description = "A password; in real use each of the three is another one."
  type        = string
  sensitive   = true
  default     = "an-example-of-32-letters-no-secret"
}

module "superset" {
  source = "../.."

  namespace     = "acme"
  image         = "platcexample.azurecr.io/superset:9b1e7c44d0aa"
  database      = { host = "postgresql.example.com", name = "acme_superset", user = "acme_superset" }
  administrator = { email = "operations@example.com" }
  passwords     = { database = var.password, secret_key = var.password, administrator = var.password }
  trino         = { host = "trino.trino.svc.cluster.local", user = "acme-superset", catalog = "acme" }
  replicas      = 2
  values        = { supersetWorker = { replicaCount = 1 } }
}

output "host" {
  description = "Host name within the cluster."
  value       = module.superset.host
}
