variable "value" {
  type    = string
  default = null
}
