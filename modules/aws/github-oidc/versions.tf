terraform {
  required_version = ">= 1.10"

  required_providers {
    aws = {
      source = "hashicorp/aws"
      # 5.81 is the first that leaves the thumbprints of the provider to AWS.
      version = ">= 5.81, < 7.0"
    }
  }
}
