output "name" {
  description = "Name of the namespace, known before it is made."
  value       = kubernetes_namespace_v1.this.metadata[0].name
}

output "id" {
  description = "Name of the namespace, known once its policies and limits are there."
  value       = kubernetes_namespace_v1.this.id

  depends_on = [
    kubernetes_network_policy_v1.deny,
    kubernetes_network_policy_v1.inside,
    kubernetes_network_policy_v1.ingress,
    kubernetes_network_policy_v1.egress,
    kubernetes_resource_quota_v1.this,
    kubernetes_limit_range_v1.this,
  ]
}

output "service_accounts" {
  description = "Name of each service account."
  value       = { for name, account in kubernetes_service_account_v1.this : name => account.metadata[0].name }
}
