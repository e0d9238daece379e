output "name" {
  description = "Name of the storage account, known before it is made."
  value       = azurerm_storage_account.state.name
}

output "container" {
  description = "Name of the container, known before it is made."
  value       = azurerm_storage_container.state.name
}

output "id" {
  description = "Resource id of the storage account."
  value       = azurerm_storage_account.state.id
}
