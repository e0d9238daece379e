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

module "zone" {
  source = "../.."

  zone                = "data.example.com"
  resource_group_name = "platc-example"
  a_records           = { "@" = { addresses = ["203.0.113.10"] }, acme = { addresses = ["203.0.113.11"], ttl = 60 } }
  cname_records       = { www = { target = "data.example.com" } }
}

module "records" {
  source = "../.."

  zone                = module.zone.zone
  resource_group_name = module.zone.resource_group_name
  existing            = {}
  a_records           = { globex = { addresses = ["203.0.113.12"] } }
}

output "host_names" {
  description = "Full names of the records."
  value       = merge(module.zone.host_names, module.records.host_names)
}
