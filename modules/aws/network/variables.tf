variable "name" {
  description = "Name of the network; the names of its parts begin with it."
  type        = string
  nullable    = false
}

variable "cidr" {
  description = "Addresses of the network."
  type        = string
  default     = "10.0.0.0/16"
  nullable    = false

  validation {
    condition     = can(cidrhost(var.cidr, 0)) && try(tonumber(split("/", var.cidr)[1]) >= 16 && tonumber(split("/", var.cidr)[1]) <= 28, false)
    error_message = "cidr must be a range of addresses between /16 and /28, such as \"10.0.0.0/16\"."
  }
}

variable "public_subnets" {
  description = "Subnets that the internet reaches: by availability zone, their addresses."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for cidr in values(var.public_subnets) : can(cidrhost(cidr, 0))])
    error_message = "Every subnet must have a range of addresses, such as \"10.0.1.0/24\"."
  }
}

variable "private_subnets" {
  description = "Subnets that the internet does not reach: by availability zone, their addresses."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for cidr in values(var.private_subnets) : can(cidrhost(cidr, 0))])
    error_message = "Every subnet must have a range of addresses, such as \"10.0.101.0/24\"."
  }
}

variable "nat" {
  description = "How private subnets reach the internet: not at all (none), by a gateway that all share (one), or by one of their own in each zone (zonal)."
  type        = string
  default     = "one"
  nullable    = false

  validation {
    condition     = contains(["none", "one", "zonal"], var.nat)
    error_message = "nat must be \"none\", \"one\" or \"zonal\"."
  }

  validation {
    condition = (
      var.nat == "none" || length(var.private_subnets) == 0 ? true :
      var.nat == "one" ? length(var.public_subnets) > 0 :
      length(setsubtract(keys(var.private_subnets), keys(var.public_subnets))) == 0
    )
    error_message = "A NAT gateway stands in a public subnet: give one (nat = \"one\"), or one in each zone of the private subnets (nat = \"zonal\")."
  }
}

variable "s3_endpoint" {
  description = "Reach S3 without the NAT gateway."
  type        = bool
  default     = true
  nullable    = false
}

variable "private_zone" {
  description = "A DNS zone that only this network sees, such as platform.internal."
  type        = string
  default     = null
}

variable "tags" {
  description = "Tags of everything in the network."
  type        = map(string)
  default     = {}
  nullable    = false
}
