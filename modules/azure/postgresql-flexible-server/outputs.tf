output "name" {
  description = "Name of the server, known before it is made."
  value       = azurerm_postgresql_flexible_server.this.name
}

output "id" {
  description = "Resource id of the server."
  value       = azurerm_postgresql_flexible_server.this.id
}

output "host" {
  description = "Host name of the server, once it is set up."
  value       = azurerm_postgresql_flexible_server.this.fqdn

  depends_on = [
    azurerm_postgresql_flexible_server_firewall_rule.this,
    azurerm_postgresql_flexible_server_configuration.this,
  ]
}

output "port" {
  description = "Port of the server."
  value       = 5432
}

output "administrator" {
  description = "Name of the administrator, known before the server is made."
  value       = var.administrator
}

output "administrator_password" {
  description = "Password of the administrator."
  value       = random_password.this.result
  sensitive   = true
}

output "secret_id" {
  description = "Id of the secret that holds the password, without its version; null without a vault."
  value       = one(azurerm_key_vault_secret.this[*].versionless_id)
}
