terraform {
  required_providers {
    aws = {
      source                = "hashicorp/aws"
      configuration_aliases = [aws.target]
    }
  }
}

variable "package" {
  type = string
}

variable "script" {
  type = string
}

variable "password" {
  type      = string
  sensitive = true
}

variable "shape" {
  type    = object({ size = number })
  default = null
}

variable "environment" {
  type    = map(string)
  default = {}
}

output "name" {
  description = "Its name, like ${"$"}{this}."
  value       = var.package
}

output "password" {
  value     = var.password
  sensitive = true
}
