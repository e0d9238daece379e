data "azurerm_client_config" "this" {}

resource "azurerm_key_vault" "this" {
  name                          = var.name
  resource_group_name           = var.resource_group_name
  location                      = var.location
  tenant_id                     = data.azurerm_client_config.this.tenant_id
  sku_name                      = var.premium ? "premium" : "standard"
  rbac_authorization_enabled    = true
  purge_protection_enabled      = var.purge_protection
  soft_delete_retention_days    = var.soft_delete_days
  public_network_access_enabled = var.public_network_access
  tags                          = var.tags

  dynamic "network_acls" {
    for_each = var.allowed == null ? [] : [var.allowed]

    content {
      default_action             = "Deny"
      bypass                     = "AzureServices"
      ip_rules                   = network_acls.value.ip_ranges
      virtual_network_subnet_ids = network_acls.value.subnet_ids
    }
  }
}

resource "azurerm_role_assignment" "this" {
  for_each = var.access

  scope                = azurerm_key_vault.this.id
  role_definition_name = each.value.role
  principal_id         = each.value.principal_id
}

# Letters and digits alone: a password stands in URLs and in XML too.
resource "random_password" "this" {
  for_each = var.passwords

  length      = each.value.length
  special     = false
  min_lower   = 1
  min_upper   = 1
  min_numeric = 1
  keepers     = { name = each.key, version = each.value.version }
}

resource "azurerm_key_vault_secret" "this" {
  for_each = var.passwords

  name         = each.key
  key_vault_id = azurerm_key_vault.this.id
  value        = random_password.this[each.key].result
  content_type = "password"
  tags         = var.tags

  depends_on = [azurerm_role_assignment.this]
}
