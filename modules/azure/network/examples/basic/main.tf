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

module "network" {
  source = "../.."

  name                = "platc-example"
  resource_group_name = "platc-example"
  location            = "westeurope"
  address_space       = ["10.10.0.0/16"]

  subnets = {
    nodes = {
      address_prefixes = ["10.10.0.0/20"]
      rules            = { web = { priority = 100, ports = ["80", "443"], source = "Internet" } }
    }
    databases = {
      address_prefixes = ["10.10.16.0/24"]
      delegation       = "Microsoft.DBforPostgreSQL/flexibleServers"
      rules = {
        nodes  = { priority = 100, ports = ["5432"], source = "10.10.0.0/20" }
        others = { priority = 4096, access = "Deny", protocol = "*" }
      }
    }
  }

  private_dns_zones = {
    blob      = "privatelink.blob.core.windows.net"
    databases = "example.private.postgres.database.azure.com"
  }
}

output "subnet_ids" {
  description = "Where nodes and databases go."
  value       = module.network.subnet_ids
}
