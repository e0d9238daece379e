variable "url" {
  type = string
}

variable "environment" {
  type    = map(string)
  default = {}
}
