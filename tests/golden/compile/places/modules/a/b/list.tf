variable "all" {
  type    = map(string)
  default = {}
}

variable "workers" {
  type    = number
  default = 1
}
