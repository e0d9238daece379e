resource "azurerm_resource_group" "state" {
  name     = var.resource_group_name
  location = var.location
  tags     = var.tags
}

resource "azurerm_storage_account" "state" {
  name                            = var.name
  resource_group_name             = azurerm_resource_group.state.name
  location                        = azurerm_resource_group.state.location
  account_kind                    = "StorageV2"
  account_tier                    = "Standard"
  account_replication_type        = var.replication
  https_traffic_only_enabled      = true
  min_tls_version                 = "TLS1_2"
  shared_access_key_enabled       = false
  default_to_oauth_authentication = true
  allow_nested_items_to_be_public = false
  tags                            = var.tags

  blob_properties {
    versioning_enabled = true

    delete_retention_policy {
      days = var.recover_days
    }

    container_delete_retention_policy {
      days = var.recover_days
    }
  }

  dynamic "network_rules" {
    for_each = var.allowed == null ? [] : [var.allowed]

    content {
      default_action             = "Deny"
      bypass                     = ["AzureServices"]
      ip_rules                   = network_rules.value.ip_ranges
      virtual_network_subnet_ids = network_rules.value.subnet_ids
    }
  }
}

resource "azurerm_storage_container" "state" {
  name                  = var.container
  storage_account_id    = azurerm_storage_account.state.id
  container_access_type = "private"
}

resource "azurerm_storage_management_policy" "state" {
  count = var.keep_version_days == null ? 0 : 1

  storage_account_id = azurerm_storage_account.state.id

  rule {
    name    = "expire-earlier-versions"
    enabled = true

    filters {
      blob_types = ["blockBlob"]
    }

    actions {
      version {
        delete_after_days_since_creation = var.keep_version_days
      }
    }
  }
}

resource "azurerm_role_assignment" "state" {
  for_each = var.access

  scope                = azurerm_storage_container.state.id
  role_definition_name = each.value.can_write ? "Storage Blob Data Contributor" : "Storage Blob Data Reader"
  principal_id         = each.value.principal_id
}
