resource "kubernetes_namespace" "one" {
}

output "endpoint" {
  value = "x"
}
