variable "name" {
  description = "Name of the storage account, unique in all of Azure."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9]{3,24}$", var.name))
    error_message = "name must be 3 to 24 small letters and digits, without hyphens."
  }
}

variable "container" {
  description = "Name of the container that the states lie in."
  type        = string
  default     = "states"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9](-?[a-z0-9]){2,62}$", var.container))
    error_message = "container must be 3 to 63 small letters, digits and single hyphens."
  }
}

variable "resource_group_name" {
  description = "Name of the resource group, which is made for the states alone."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9_().-]{0,89}[A-Za-z0-9_()-]$", var.resource_group_name))
    error_message = "resource_group_name must be 1 to 90 letters, digits, underscores, parentheses, hyphens and dots, and not end with a dot."
  }
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

variable "replication" {
  description = "LRS, ZRS, GRS, GZRS, RAGRS or RAGZRS: how many copies there are, and where."
  type        = string
  default     = "ZRS"
  nullable    = false

  validation {
    condition     = contains(["LRS", "ZRS", "GRS", "GZRS", "RAGRS", "RAGZRS"], var.replication)
    error_message = "replication must be LRS, ZRS, GRS, GZRS, RAGRS or RAGZRS."
  }
}

variable "access" {
  description = "Who reads and writes states, by a name of your choice: also whoever runs platc. Keys of the account are switched off."
  type = map(object({
    principal_id = string
    can_write    = optional(bool, true)
  }))
  nullable = false

  validation {
    condition     = anytrue([for one in values(var.access) : one.can_write])
    error_message = "access must name somebody who can write: else nobody can keep a state."
  }
}

variable "allowed" {
  description = "The networks from which the account answers: addresses or ranges, and subnets. Without it, all; who signs in is asked in either case."
  type = object({
    ip_ranges  = optional(list(string), [])
    subnet_ids = optional(list(string), [])
  })
  default = null
}

variable "recover_days" {
  description = "For how many days what was deleted can be recovered."
  type        = number
  default     = 30
  nullable    = false

  validation {
    condition     = var.recover_days >= 1 && var.recover_days <= 365
    error_message = "recover_days must be 1 to 365."
  }
}

variable "keep_version_days" {
  description = "For how many days an earlier version of a state is kept. Without it all versions are kept for ever."
  type        = number
  default     = null

  validation {
    condition     = var.keep_version_days == null ? true : var.keep_version_days >= 1
    error_message = "keep_version_days must be at least 1."
  }
}

variable "tags" {
  description = "Tags of the resource group and the account."
  type        = map(string)
  default     = {}
  nullable    = false
}
