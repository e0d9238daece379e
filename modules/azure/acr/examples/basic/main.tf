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

module "registry" {
  source = "../.."

  name                    = "platcexample"
  resource_group_name     = "platc-example"
  location                = "westeurope"
  sku                     = "Premium"
  untagged_retention_days = 7
  replicas                = { northeurope = {} }
  push                    = { deployer = { principal_id = "22222222-2222-2222-2222-222222222222" } }
  pull                    = { nodes = { principal_id = "33333333-3333-3333-3333-333333333333" } }
}

output "login_server" {
  description = "Where images go."
  value       = module.registry.login_server
}
