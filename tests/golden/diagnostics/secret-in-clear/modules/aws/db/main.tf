variable "admin" {
  type      = string
  sensitive = true
}

variable "password" {
  type = string
}

variable "options" {
  type = map(string)
}
