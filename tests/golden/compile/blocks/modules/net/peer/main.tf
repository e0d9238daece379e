terraform {
  required_providers {
    aws = {
      source                = "hashicorp/aws"
      configuration_aliases = [aws.here, aws.there]
    }
  }
}

variable "from" {
  type = string
}

variable "secret" {
  type    = string
  default = null
}
