output "id" {
  description = "Resource id of the identity, existing or own."
  value       = local.id
}

output "client_id" {
  description = "What a service account is annotated with: azure.workload.identity/client-id."
  value       = local.client_id
}

output "principal_id" {
  description = "Object id of the identity, for role assignments."
  value       = local.principal_id
}
