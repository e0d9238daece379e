variable "name" {
  type = string
}
variable "secret_fields" {
  type      = map(string)
  default   = {}
  sensitive = true
}
