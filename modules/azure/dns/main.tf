locals {
  # Records of an own zone wait until it is there.
  zone = var.existing == null ? azurerm_dns_zone.this[0].name : var.zone
}

resource "azurerm_dns_zone" "this" {
  count = var.existing == null ? 1 : 0

  name                = var.zone
  resource_group_name = var.resource_group_name
  tags                = var.tags
}

resource "azurerm_dns_a_record" "this" {
  for_each = var.a_records

  name                = coalesce(each.value.name, each.key)
  zone_name           = local.zone
  resource_group_name = var.resource_group_name
  ttl                 = each.value.ttl
  records             = each.value.addresses
  tags                = var.tags
}

resource "azurerm_dns_cname_record" "this" {
  for_each = var.cname_records

  name                = coalesce(each.value.name, each.key)
  zone_name           = local.zone
  resource_group_name = var.resource_group_name
  ttl                 = each.value.ttl
  record              = each.value.target
  tags                = var.tags
}
