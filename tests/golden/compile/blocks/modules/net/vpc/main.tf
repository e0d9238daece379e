terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.0"
    }
  }
}

variable "cidr" {
  type = string
}

variable "tags" {
  type    = map(string)
  default = {}
}

variable "password" {
  type      = string
  default   = null
  sensitive = true
}

output "id" {
  description = "Id with ${"$"}{braces} in its description."
  value       = var.cidr
}

output "secret" {
  value     = var.password
  sensitive = true
}
