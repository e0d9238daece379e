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

module "identity" {
  source = "../.."

  name                = "platc-example"
  resource_group_name = "platc-example"
  location            = "westeurope"
  issuer_url          = "https://westeurope.oic.prod-aks.azure.com/00000000-0000-0000-0000-000000000000/"
  service_accounts    = { hive = { namespace = "acme", name = "hive" } }

  roles = {
    warehouse = {
      scope = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/platc-example/providers/Microsoft.Storage/storageAccounts/platcexample"
      role  = "Storage Blob Data Reader"
    }
  }
}

output "client_id" {
  description = "For the annotation of the service account."
  value       = module.identity.client_id
}
