variable "name" {
  type    = string
  default = null
}
output "id" { value = "a" }
