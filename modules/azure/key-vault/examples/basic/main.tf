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

module "vault" {
  source = "../.."

  name                = "platc-example"
  resource_group_name = "platc-example"
  location            = "westeurope"
  purge_protection    = false
  access              = { deployer = { principal_id = "22222222-2222-2222-2222-222222222222", role = "Key Vault Secrets Officer" } }
  passwords           = { database = {}, session-key = { length = 48 } }
  allowed             = { ip_ranges = ["203.0.113.0/24"] }
}

output "uri" {
  description = "URL of the vault."
  value       = module.vault.uri
}
