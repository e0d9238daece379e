output "host" {
  description = "Host name, known before the ingress is made."
  value       = var.host
}

output "url" {
  description = "URL of the service, known before the ingress is made."
  value       = "https://${var.host}${var.path}"
}

output "id" {
  description = "Namespace and name of the ingress, once it is there."
  value       = kubernetes_ingress_v1.this.id
}
