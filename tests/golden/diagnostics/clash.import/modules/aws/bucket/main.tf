terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

variable "bucket" {
  description = "Name of the bucket."
  type        = string
}

variable "tags" {
  type    = map(string)
  default = {}
}

variable "rules" {
  type = list(object({
    id   = string
    days = optional(number, 30)
  }))
  default = []
}

variable "size" {
  type     = number
  default  = 1
  nullable = false
}

output "bucket" {
  value = var.bucket
}

output "arn" {
  value = "arn:aws:s3:::${var.bucket}"
}
