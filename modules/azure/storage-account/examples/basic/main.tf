terraform {
  required_version = ">= 1.11"

  required_providers {
    azurerm = {
      source  = "hashicorp/azurerm"
      version = ">= 4.40, < 6.0"
    }
  }
}

provider "azurerm" {
  features {}
  subscription_id     = "11111111-1111-1111-1111-111111111111"
  storage_use_azuread = true
}

module "lake" {
  source = "../.."

  name                = "platcexamplelake"
  resource_group_name = "platc-example"
  location            = "westeurope"
  containers          = { warehouse = {}, landing = { metadata = { source = "upload" } } }
  lifecycle_rules     = { landing = { prefixes = ["landing/"], cool_days = 7, delete_days = 30 } }

  private_endpoints = {
    for service in ["blob", "dfs"] : service => {
      subnet_id           = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/platc-example/providers/Microsoft.Network/virtualNetworks/platc-example/subnets/endpoints"
      private_dns_zone_id = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/platc-example/providers/Microsoft.Network/privateDnsZones/privatelink.${service}.core.windows.net"
    }
  }

  access = {
    hive = { principal_id = "33333333-3333-3333-3333-333333333333", role = "Storage Blob Data Contributor", container = "warehouse" }
  }
}

output "warehouse" {
  description = "Where tables go."
  value       = module.lake.container_uris["warehouse"]
}
