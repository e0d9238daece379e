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

module "ingress" {
  source = "../.."

  name      = "superset"
  namespace = "acme"
  host      = "acme.dev.data.example.com"
  service   = { name = "superset", port = 8088 }
  tls       = { secret_name = "superset-tls", cluster_issuer = "letsencrypt" }
}

output "url" {
  description = "Where people go."
  value       = module.ingress.url
}
