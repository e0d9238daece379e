output "name" {
  description = "Name of the network, known before it is made."
  value       = azurerm_virtual_network.this.name
}

output "id" {
  description = "Resource id of the network."
  value       = azurerm_virtual_network.this.id
}

output "subnet_ids" {
  description = "Resource id of each subnet, by name."
  # A subnet is of use to others only with its security group.
  value = { for name, association in azurerm_subnet_network_security_group_association.this : name => association.subnet_id }
}

output "private_dns_zone_ids" {
  description = "Resource id of each private DNS zone, by the name that it was given here, once it is linked."
  value       = { for name, zone in azurerm_private_dns_zone.this : name => zone.id }
  depends_on  = [azurerm_private_dns_zone_virtual_network_link.this]
}
