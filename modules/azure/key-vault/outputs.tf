output "name" {
  description = "Name of the vault, known before it is made."
  value       = azurerm_key_vault.this.name
}

output "id" {
  description = "Resource id of the vault. Who may write secrets there is set up by then."
  value       = azurerm_key_vault.this.id
  depends_on  = [azurerm_role_assignment.this]
}

output "uri" {
  description = "URL of the vault."
  value       = azurerm_key_vault.this.vault_uri
}

output "passwords" {
  description = "The generated passwords, by the name of the secret."
  value       = { for name, password in random_password.this : name => password.result }
  sensitive   = true
}

output "secret_ids" {
  description = "Id of each secret without its version, by name."
  value       = { for name, secret in azurerm_key_vault_secret.this : name => secret.versionless_id }
}
