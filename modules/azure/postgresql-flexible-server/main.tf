resource "random_password" "this" {
  length      = 40
  special     = false
  min_lower   = 1
  min_upper   = 1
  min_numeric = 1
  keepers     = { server = var.name, version = var.password_version }
}

resource "azurerm_postgresql_flexible_server" "this" {
  name                          = var.name
  resource_group_name           = var.resource_group_name
  location                      = var.location
  version                       = var.postgresql_version
  sku_name                      = var.sku
  storage_mb                    = var.storage_mb
  auto_grow_enabled             = true
  backup_retention_days         = var.backup_retention_days
  geo_redundant_backup_enabled  = var.geo_redundant_backup
  public_network_access_enabled = var.network == null
  delegated_subnet_id           = var.network == null ? null : var.network.subnet_id
  private_dns_zone_id           = var.network == null ? null : var.network.private_dns_zone_id
  zone                          = var.zone
  administrator_login           = var.administrator
  # Write-only: the server's own part of the state does not hold it.
  administrator_password_wo         = random_password.this.result
  administrator_password_wo_version = var.password_version
  tags                              = var.tags

  dynamic "high_availability" {
    for_each = var.high_availability == null ? [] : [var.high_availability]

    content {
      mode                      = high_availability.value.mode
      standby_availability_zone = high_availability.value.standby_zone
    }
  }
}

resource "azurerm_postgresql_flexible_server_firewall_rule" "this" {
  for_each = var.firewall_rules

  name             = each.key
  server_id        = azurerm_postgresql_flexible_server.this.id
  start_ip_address = each.value.first
  end_ip_address   = each.value.last
}

resource "azurerm_postgresql_flexible_server_configuration" "this" {
  for_each = merge(var.configurations, { require_secure_transport = "on" })

  name      = each.key
  server_id = azurerm_postgresql_flexible_server.this.id
  value     = each.value
}

resource "azurerm_key_vault_secret" "this" {
  count = var.key_vault == null ? 0 : 1

  name         = "${var.name}-administrator"
  key_vault_id = var.key_vault.id
  value        = random_password.this.result
  content_type = "password"
  tags         = var.tags
}
