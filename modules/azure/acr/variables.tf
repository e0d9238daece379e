variable "name" {
  description = "Name of the registry, unique in all of Azure; images are NAME.azurecr.io/IMAGE:TAG."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9]{5,50}$", var.name))
    error_message = "name must be 5 to 50 letters and digits, without hyphens."
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

variable "sku" {
  description = "Basic, Standard or Premium. Replicas, private access and retention need Premium."
  type        = string
  default     = "Standard"
  nullable    = false

  validation {
    condition     = contains(["Basic", "Standard", "Premium"], var.sku)
    error_message = "sku must be Basic, Standard or Premium."
  }
}

variable "replicas" {
  description = "Further regions that hold the images, by the short name of the region."
  type        = map(object({ zone_redundancy = optional(bool, false) }))
  default     = {}
  nullable    = false

  validation {
    condition     = length(var.replicas) == 0 || var.sku == "Premium"
    error_message = "replicas need the sku Premium."
  }
}

variable "untagged_retention_days" {
  description = "After how many days an image without a tag is deleted."
  type        = number
  default     = null

  validation {
    condition     = var.untagged_retention_days == null || var.sku == "Premium"
    error_message = "untagged_retention_days needs the sku Premium."
  }
}

variable "public_network_access" {
  description = "Whether the registry answers outside of private endpoints."
  type        = bool
  default     = true
  nullable    = false

  validation {
    condition     = var.public_network_access || var.sku == "Premium"
    error_message = "A registry without public access needs the sku Premium."
  }
}

variable "pull" {
  description = "Who may pull images, by a name of your choice."
  type        = map(object({ principal_id = string }))
  default     = {}
  nullable    = false
}

variable "push" {
  description = "Who may push images, by a name of your choice."
  type        = map(object({ principal_id = string }))
  default     = {}
  nullable    = false
}

variable "tags" {
  description = "Tags of everything that is made here and can have tags."
  type        = map(string)
  default     = {}
  nullable    = false
}
