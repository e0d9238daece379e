output "zone" {
  description = "Name of the zone, known before it is made."
  value       = local.zone
}

output "resource_group_name" {
  description = "Resource group of the zone."
  value       = var.resource_group_name
}

output "id" {
  description = "Resource id of the zone, null where it was made elsewhere."
  value       = one(azurerm_dns_zone.this[*].id)
}

output "name_servers" {
  description = "Servers that the parent zone must delegate to, null where the zone was made elsewhere."
  value       = one(azurerm_dns_zone.this[*].name_servers)
}

output "host_names" {
  description = "Full name of each record, known before it is made."
  value = {
    for key, name in merge(
      { for key, record in var.a_records : key => coalesce(record.name, key) },
      { for key, record in var.cname_records : key => coalesce(record.name, key) },
    ) : key => name == "@" ? var.zone : "${name}.${var.zone}"
  }
}
