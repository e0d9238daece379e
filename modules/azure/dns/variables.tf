variable "zone" {
  description = "Name of the zone, such as data.example.com."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]{2,}$", var.zone))
    error_message = "zone must be a domain name in small letters without a dot at its end, such as data.example.com."
  }
}

variable "resource_group_name" {
  description = "Resource group of the zone."
  type        = string
  nullable    = false
}

variable "existing" {
  description = "Write an empty object to add records to a zone that was made elsewhere; the zone itself is then left alone."
  type        = object({})
  default     = null
}

variable "a_records" {
  description = "Addresses by host name below the zone, or by a name of your choice where name says the host; @ is the zone itself."
  type = map(object({
    name      = optional(string)
    addresses = set(string)
    ttl       = optional(number, 300)
  }))
  default  = {}
  nullable = false

  validation {
    condition = alltrue(flatten([
      for record in values(var.a_records) : [for address in record.addresses : can(cidrhost("${address}/32", 0))]
    ]))
    error_message = "addresses must be IPv4 addresses."
  }
}

variable "cname_records" {
  description = "Other names by host name below the zone, or by a name of your choice where name says the host."
  type = map(object({
    name   = optional(string)
    target = string
    ttl    = optional(number, 300)
  }))
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for key, record in var.cname_records : coalesce(record.name, key) != "@"])
    error_message = "The zone itself (@) cannot be another name of something."
  }
}

variable "tags" {
  description = "Tags of everything that is made here and can have tags."
  type        = map(string)
  default     = {}
  nullable    = false
}
