variable "from" {
  type    = string
  default = ""
}

output "id" {
  value = var.from
}
