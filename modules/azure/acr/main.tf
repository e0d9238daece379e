resource "azurerm_container_registry" "this" {
  name                          = var.name
  resource_group_name           = var.resource_group_name
  location                      = var.location
  sku                           = var.sku
  admin_enabled                 = false
  anonymous_pull_enabled        = false
  public_network_access_enabled = var.public_network_access
  retention_policy_in_days      = var.untagged_retention_days
  tags                          = var.tags

  dynamic "georeplications" {
    for_each = var.replicas

    content {
      location                = georeplications.key
      zone_redundancy_enabled = georeplications.value.zone_redundancy
      tags                    = var.tags
    }
  }
}

resource "azurerm_role_assignment" "pull" {
  for_each = var.pull

  scope                = azurerm_container_registry.this.id
  role_definition_name = "AcrPull"
  principal_id         = each.value.principal_id
}

resource "azurerm_role_assignment" "push" {
  for_each = var.push

  scope                = azurerm_container_registry.this.id
  role_definition_name = "AcrPush"
  principal_id         = each.value.principal_id
}
