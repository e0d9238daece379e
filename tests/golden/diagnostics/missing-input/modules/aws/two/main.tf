variable "one" {
  description = "The first one."
}
variable "two" {}
variable "three" {
  default = 3
}
