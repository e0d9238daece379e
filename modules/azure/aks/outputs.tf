output "name" {
  description = "Name of the cluster, known before it is made."
  value       = azurerm_kubernetes_cluster.this.name
}

output "id" {
  description = "Resource id of the cluster."
  value       = azurerm_kubernetes_cluster.this.id
}

output "host" {
  description = "URL of the API of Kubernetes, for providers. It holds no secret: who may do what is decided by Entra."
  value       = nonsensitive(azurerm_kubernetes_cluster.this.kube_config[0].host)

  # Whoever gets the URL may deploy, and needs the nodes and their rights for that.
  depends_on = [
    azurerm_kubernetes_cluster_node_pool.this,
    azurerm_role_assignment.pull,
    azurerm_role_assignment.access,
  ]
}

output "ca_certificate" {
  description = "Certificate of the API of Kubernetes, as base64, for providers. It is public."
  value       = nonsensitive(azurerm_kubernetes_cluster.this.kube_config[0].cluster_ca_certificate)
}

output "issuer_url" {
  description = "OIDC issuer of the service accounts, for workload identities."
  value       = azurerm_kubernetes_cluster.this.oidc_issuer_url
}

output "kubelet_object_id" {
  description = "Object id of the identity of the nodes, for role assignments."
  value       = azurerm_kubernetes_cluster.this.kubelet_identity[0].object_id
}

output "node_resource_group" {
  description = "Group that holds the nodes and load balancers."
  value       = azurerm_kubernetes_cluster.this.node_resource_group
}
