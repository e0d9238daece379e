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

module "state" {
  source = "../.."

  name                = "platcexamplestate"
  resource_group_name = "platc-example-state"
  location            = "westeurope"
  keep_version_days   = 365
  allowed             = { ip_ranges = ["198.51.100.0/24"] }

  access = {
    deployer = { principal_id = "22222222-2222-2222-2222-222222222222" }
    auditor  = { principal_id = "33333333-3333-3333-3333-333333333333", can_write = false }
  }

  tags = { environment = "example" }
}

output "container" {
  description = "Where the states lie."
  value       = module.state.container
}
