output "host" {
  description = "Host name of the coordinator within the cluster, known before it is made."
  value       = "${var.name}.${var.namespace}.svc.cluster.local"
}

output "port" {
  description = "Port of the coordinator."
  value       = 8080
}

output "service" {
  description = "Name of the coordinator's service, known before it is made."
  value       = var.name
}

output "catalogs" {
  description = "Names of the catalogs."
  value       = sort(keys(var.metastores))
}

output "id" {
  description = "Id of the release, once all of its pods are ready."
  value       = helm_release.this.id
}
