output "name" {
  description = "Name of the metastore, known before it is made."
  value       = kubernetes_service_v1.this.metadata[0].name
}

output "host" {
  description = "Host name of the service within the cluster, known before it is made."
  value       = "${kubernetes_service_v1.this.metadata[0].name}.${var.namespace}.svc.cluster.local"
}

output "uri" {
  description = "thrift:// address of the metastore, known before it is made."
  value       = "thrift://${kubernetes_service_v1.this.metadata[0].name}.${var.namespace}.svc.cluster.local:${var.port}"
}

output "id" {
  description = "Namespace and name of the deployment, once its pods are ready."
  value       = kubernetes_deployment_v1.this.id
}
