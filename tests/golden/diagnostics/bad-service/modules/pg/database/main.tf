variable "name" { type = string }
variable "size" { type = number }
variable "owner" {
  type    = string
  default = "nobody"
}
output "name" { value = var.name }
