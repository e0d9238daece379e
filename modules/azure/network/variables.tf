variable "name" {
  description = "Name of the virtual network; its security groups are named after it and their subnet."
  type        = string
  nullable    = false
}

variable "resource_group_name" {
  description = "Resource group that everything is made in."
  type        = string
  nullable    = false
}

variable "location" {
  description = "Region, such as westeurope."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9]+$", var.location))
    error_message = "location must be the short name of a region, in small letters without spaces, such as westeurope."
  }
}

variable "address_space" {
  description = "Address ranges of the network, such as [\"10.0.0.0/16\"]."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(var.address_space) > 0 && alltrue([for range in var.address_space : can(cidrhost(range, 0))])
    error_message = "address_space must hold at least one range in CIDR notation, such as 10.0.0.0/16."
  }
}

variable "subnets" {
  description = "Subnets by name. delegation is the service that owns the subnet, such as Microsoft.DBforPostgreSQL/flexibleServers. rules are what its security group says beside Azure's own rules; ports are numbers or ranges such as 8000-8100."
  type = map(object({
    address_prefixes        = list(string)
    delegation              = optional(string)
    service_endpoints       = optional(set(string), [])
    default_outbound_access = optional(bool, false)
    rules = optional(map(object({
      priority    = number
      direction   = optional(string, "Inbound")
      access      = optional(string, "Allow")
      protocol    = optional(string, "Tcp")
      ports       = optional(list(string), ["*"])
      source      = optional(string, "*")
      destination = optional(string, "*")
    })), {})
  }))
  nullable = false

  validation {
    condition = alltrue(flatten([
      for subnet in values(var.subnets) : [for prefix in subnet.address_prefixes : can(cidrhost(prefix, 0))]
    ]))
    error_message = "address_prefixes must be ranges in CIDR notation, such as 10.0.1.0/24."
  }

  validation {
    condition = alltrue(flatten([
      for subnet in values(var.subnets) : [for rule in values(subnet.rules) : rule.priority >= 100 && rule.priority <= 4096]
    ]))
    error_message = "The priority of a rule must be between 100 and 4096."
  }

  validation {
    condition = alltrue([
      for subnet in values(var.subnets) :
      length(distinct([for rule in values(subnet.rules) : "${rule.direction} ${rule.priority}"])) == length(subnet.rules)
    ])
    error_message = "Two rules of one subnet and direction cannot have the same priority."
  }

  validation {
    condition = alltrue(flatten([
      for subnet in values(var.subnets) : [
        for rule in values(subnet.rules) : contains(["Inbound", "Outbound"], rule.direction) &&
        contains(["Allow", "Deny"], rule.access) && contains(["Tcp", "Udp", "Icmp", "*"], rule.protocol)
      ]
    ]))
    error_message = "direction is Inbound or Outbound, access is Allow or Deny, protocol is Tcp, Udp, Icmp or *."
  }
}

variable "private_dns_zones" {
  description = "Private DNS zones that are made and linked to the network, by a name of your choice, such as blob: privatelink.blob.core.windows.net."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "tags" {
  description = "Tags of everything that is made here and can have tags."
  type        = map(string)
  default     = {}
  nullable    = false
}
