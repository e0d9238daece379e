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

module "trino" {
  source = "../.."

  namespace  = "trino"
  workers    = 3
  metastores = { acme = "thrift://hive.acme.svc.cluster.local:9083", globex = "thrift://hive.globex.svc.cluster.local:9083" }
  values     = { coordinator = { jvm = { maxHeapSize = "4G" } } }

  catalog_properties = { "fs.native-azure.enabled" = "true", "azure.auth-type" = "DEFAULT" }
}

output "host" {
  description = "Host name of the coordinator."
  value       = module.trino.host
}
