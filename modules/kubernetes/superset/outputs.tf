output "service" {
  description = "Name of the service, known before it is made."
  value       = var.name
}

output "port" {
  description = "Port of the service."
  value       = 8088
}

output "host" {
  description = "Host name of the service within the cluster, known before it is made."
  value       = "${var.name}.${var.namespace}.svc.cluster.local"
}

output "id" {
  description = "Id of the release, once all of its pods are ready."
  value       = helm_release.this.id
}
