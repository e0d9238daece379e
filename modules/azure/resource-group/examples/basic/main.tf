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

module "group" {
  source = "../.."

  name     = "platc-example"
  location = "westeurope"
  tags     = { purpose = "example" }
  access   = { readers = { principal_id = "22222222-2222-2222-2222-222222222222", role = "Reader" } }
}

output "id" {
  description = "Resource id of the group."
  value       = module.group.id
}
