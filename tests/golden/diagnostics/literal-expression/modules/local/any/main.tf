variable "value" {
  type    = any
  default = null
}
output "id" { value = "a" }
