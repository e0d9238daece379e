terraform {
  required_version = ">= 1.11"

  required_providers {
    azurerm = {
      source  = "hashicorp/azurerm"
      version = ">= 4.40, < 6.0"
    }

    random = {
      source  = "hashicorp/random"
      version = ">= 3.6, < 4.0"
    }
  }
}

provider "azurerm" {
  features {}
  subscription_id     = "11111111-1111-1111-1111-111111111111"
  storage_use_azuread = true
}

module "server" {
  source = "../.."

  name                = "platc-example"
  resource_group_name = "platc-example"
  location            = "westeurope"
  sku                 = "GP_Standard_D2ds_v5"
  configurations      = { log_connections = "on", max_connections = "200" }
  high_availability   = {}
  key_vault           = { id = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/platc-example/providers/Microsoft.KeyVault/vaults/platc-example" }

  network = {
    subnet_id           = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/platc-example/providers/Microsoft.Network/virtualNetworks/platc-example/subnets/databases"
    private_dns_zone_id = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/platc-example/providers/Microsoft.Network/privateDnsZones/example.private.postgres.database.azure.com"
  }
}

output "host" {
  description = "Host name of the server."
  value       = module.server.host
}
