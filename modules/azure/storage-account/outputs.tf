output "name" {
  description = "Name of the account, known before it is made."
  value       = azurerm_storage_account.this.name
}

output "id" {
  description = "Resource id of the account."
  value       = azurerm_storage_account.this.id
}

output "blob_endpoint" {
  description = "URL of the account for blobs."
  value       = azurerm_storage_account.this.primary_blob_endpoint
}

output "dfs_host" {
  description = "Host of the account for Data Lake clients."
  value       = azurerm_storage_account.this.primary_dfs_host
}

output "container_ids" {
  description = "Resource id of each container, by name."
  value       = { for name, container in azurerm_storage_container.this : name => container.id }
}

output "container_uris" {
  description = "The abfss:// address of each container, by name."
  value       = { for name, container in azurerm_storage_container.this : name => "abfss://${container.name}@${azurerm_storage_account.this.primary_dfs_host}" }
}
