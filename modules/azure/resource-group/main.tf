resource "azurerm_resource_group" "this" {
  name     = var.name
  location = var.location
  tags     = var.tags
}

resource "azurerm_role_assignment" "this" {
  for_each = var.access

  scope                = azurerm_resource_group.this.id
  role_definition_name = each.value.role
  principal_id         = each.value.principal_id
}
