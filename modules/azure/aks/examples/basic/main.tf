terraform {
  required_version = ">= 1.11"

  required_providers {
    azurerm = {
      source  = "hashicorp/azurerm"
      version = ">= 4.40, < 5.0"
    }
  }
}

provider "azurerm" {
  features {}
  subscription_id     = "11111111-1111-1111-1111-111111111111"
  storage_use_azuread = true
}

module "cluster" {
  source = "../.."

  name                = "platc-example"
  resource_group_name = "platc-example"
  location            = "westeurope"
  kubernetes_version  = "1.32"
  subnet_id           = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/platc-example/providers/Microsoft.Network/virtualNetworks/platc-example/subnets/nodes"

  pools = {
    work = { vm_size = "Standard_E4s_v5", max_count = 3 }
    spot = { spot = true, taints = ["batch=yes:NoSchedule"] }
  }

  registries = {
    platform = { id = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/platc-example/providers/Microsoft.ContainerRegistry/registries/platcexample" }
  }
  access = {
    deployer = { principal_id = "22222222-2222-2222-2222-222222222222", role = "Azure Kubernetes Service RBAC Cluster Admin" }
  }
}

output "host" {
  description = "URL of the API of Kubernetes."
  value       = module.cluster.host
}

output "issuer_url" {
  description = "Who vouches for service accounts."
  value       = module.cluster.issuer_url
}
