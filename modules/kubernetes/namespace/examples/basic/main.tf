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

module "namespace" {
  source = "../.."

  name             = "acme"
  labels           = { customer = "acme" }
  quota            = { "requests.cpu" = "4", "requests.memory" = "16Gi" }
  service_accounts = { hive = { identity = { client_id = "44444444-4444-4444-4444-444444444444" } }, plain = {} }

  ingress_from = {
    trino = { namespace_labels = { "kubernetes.io/metadata.name" = "trino" }, ports = [9083] }
  }
  egress_to = {
    databases = { cidr = "10.10.16.0/24", ports = [5432] }
    trino     = { namespace_labels = { "kubernetes.io/metadata.name" = "trino" }, ports = [8080] }
  }
}

output "name" {
  description = "Name of the namespace."
  value       = module.namespace.name
}
