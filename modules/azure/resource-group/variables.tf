variable "name" {
  description = "Name of the resource group, unique in its subscription."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9_().-]{0,89}[A-Za-z0-9_()-]$", var.name))
    error_message = "name must be 1 to 90 letters, digits, underscores, parentheses, hyphens and dots, and not end with a dot."
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

variable "access" {
  description = "Who has which role on the whole group, by a name of your choice."
  type = map(object({
    principal_id = string
    role         = string
  }))
  default  = {}
  nullable = false
}

variable "tags" {
  description = "Tags of everything that is made here and can have tags."
  type        = map(string)
  default     = {}
  nullable    = false
}
