locals {
  id           = var.identity == null ? azurerm_user_assigned_identity.this[0].id : var.identity.id
  client_id    = var.identity == null ? azurerm_user_assigned_identity.this[0].client_id : var.identity.client_id
  principal_id = var.identity == null ? azurerm_user_assigned_identity.this[0].principal_id : var.identity.principal_id
}

resource "azurerm_user_assigned_identity" "this" {
  count = var.identity == null ? 1 : 0

  name                = var.name
  resource_group_name = var.resource_group_name
  location            = var.location
  tags                = var.tags
}

resource "azurerm_federated_identity_credential" "this" {
  for_each = var.service_accounts

  name                = "${var.name}-${each.key}"
  resource_group_name = var.resource_group_name
  parent_id           = local.id
  issuer              = var.issuer_url
  audience            = ["api://AzureADTokenExchange"]
  subject             = "system:serviceaccount:${each.value.namespace}:${each.value.name}"
}

resource "azurerm_role_assignment" "this" {
  for_each = var.roles

  scope                = each.value.scope
  role_definition_name = each.value.role
  principal_id         = local.principal_id
  principal_type       = "ServicePrincipal"
}
