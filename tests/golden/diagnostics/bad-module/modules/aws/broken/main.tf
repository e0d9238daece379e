variable "a" {
  type = strnig
}

variable "a" {}
