variable "name" {
  description = "Name of the vault, unique in all of Azure, also among deleted vaults that can still be restored."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z](-?[A-Za-z0-9]){2,23}$", var.name)) && length(var.name) <= 24
    error_message = "name must be 3 to 24 letters, digits and single hyphens, begin with a letter and not end with a hyphen."
  }
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

variable "premium" {
  description = "Keys in hardware."
  type        = bool
  default     = false
  nullable    = false
}

variable "purge_protection" {
  description = "Nobody can delete the vault or a secret for good before soft_delete_days have passed. It cannot be switched off again."
  type        = bool
  default     = true
  nullable    = false
}

variable "soft_delete_days" {
  description = "For how many days a deleted vault or secret can be restored. It cannot be changed later."
  type        = number
  default     = 90
  nullable    = false

  validation {
    condition     = var.soft_delete_days >= 7 && var.soft_delete_days <= 90
    error_message = "soft_delete_days must be between 7 and 90."
  }
}

variable "public_network_access" {
  description = "Whether the vault answers outside of private endpoints and allowed subnets at all."
  type        = bool
  default     = true
  nullable    = false
}

variable "allowed" {
  description = "Address ranges and subnets that may reach the vault; everybody else is refused. Without it the network is no hurdle, and rights alone decide."
  type = object({
    ip_ranges  = optional(set(string), [])
    subnet_ids = optional(set(string), [])
  })
  default = null
}

variable "access" {
  description = "Who has which role on the vault, by a name of your choice, such as Key Vault Secrets User. What runs Terraform needs Key Vault Secrets Officer to write secrets."
  type = map(object({
    principal_id = string
    role         = string
  }))
  default  = {}
  nullable = false
}

variable "passwords" {
  description = "Passwords that are generated and kept as secrets, by the name of the secret. A change of version makes a new one."
  type = map(object({
    length  = optional(number, 32)
    version = optional(number, 1)
  }))
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for name in keys(var.passwords) : can(regex("^[A-Za-z0-9-]{1,127}$", name))])
    error_message = "The name of a secret must be 1 to 127 letters, digits and hyphens."
  }

  validation {
    condition     = alltrue([for password in values(var.passwords) : password.length >= 16 && password.length <= 128])
    error_message = "The length of a password must be between 16 and 128."
  }
}

variable "tags" {
  description = "Tags of everything that is made here and can have tags."
  type        = map(string)
  default     = {}
  nullable    = false
}
