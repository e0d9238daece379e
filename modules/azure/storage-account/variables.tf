variable "name" {
  description = "Name of the account, unique in all of Azure."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9]{3,24}$", var.name))
    error_message = "name must be 3 to 24 small letters and digits, without hyphens."
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

variable "hierarchical" {
  description = "Folders with rights of their own (Data Lake Gen2), which Hive and Trino read by abfss://. It cannot be changed later."
  type        = bool
  default     = true
  nullable    = false
}

variable "containers" {
  description = "Containers by name."
  type        = map(object({ metadata = optional(map(string), {}) }))
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for name in keys(var.containers) : can(regex("^[a-z0-9](-?[a-z0-9]){2,62}$", name))])
    error_message = "The name of a container must be 3 to 63 small letters, digits and single hyphens."
  }
}

variable "versioning" {
  description = "Keep earlier versions of blobs. An account with folders cannot."
  type        = bool
  default     = false
  nullable    = false

  validation {
    condition     = !(var.versioning && var.hierarchical)
    error_message = "versioning is not possible in a hierarchical account: set hierarchical to false, or leave versioning."
  }
}

variable "soft_delete_days" {
  description = "For how many days deleted blobs and containers can be restored; 0 switches it off."
  type        = number
  default     = 7
  nullable    = false

  validation {
    condition     = var.soft_delete_days >= 0 && var.soft_delete_days <= 365
    error_message = "soft_delete_days must be between 0 and 365."
  }
}

variable "lifecycle_rules" {
  description = "When blobs move to cheaper tiers or are deleted, in days since they were changed, by a name of your choice. A prefix is CONTAINER/FOLDER; without prefixes a rule holds for all blobs."
  type = map(object({
    enabled      = optional(bool, true)
    prefixes     = optional(set(string), [])
    cool_days    = optional(number)
    cold_days    = optional(number)
    archive_days = optional(number)
    delete_days  = optional(number)
  }))
  default  = {}
  nullable = false

  validation {
    condition = alltrue([
      for rule in values(var.lifecycle_rules) :
      rule.cool_days != null || rule.cold_days != null || rule.archive_days != null || rule.delete_days != null
    ])
    error_message = "A lifecycle rule must do something: give cool_days, cold_days, archive_days or delete_days."
  }
}

variable "public_network_access" {
  description = "Whether the account answers outside of private endpoints and allowed subnets at all."
  type        = bool
  default     = false
  nullable    = false
}

variable "allowed" {
  description = "Address ranges and subnets that may reach the account, where public_network_access is on; everybody else is refused."
  type = object({
    ip_ranges  = optional(set(string), [])
    subnet_ids = optional(set(string), [])
  })
  default  = {}
  nullable = false
}

variable "private_endpoints" {
  description = "Private endpoints by service: blob, dfs, file, queue, table or web. Data Lake clients need blob and dfs, each in the private DNS zone of its own."
  type = map(object({
    subnet_id           = string
    private_dns_zone_id = string
  }))
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for service in keys(var.private_endpoints) : contains(["blob", "dfs", "file", "queue", "table", "web"], service)])
    error_message = "The service of a private endpoint must be blob, dfs, file, queue, table or web."
  }

  validation {
    condition = alltrue([
      for service, endpoint in var.private_endpoints : endswith(endpoint.private_dns_zone_id, "/privatelink.${service}.core.windows.net")
    ])
    error_message = "The private DNS zone of an endpoint must be privatelink.SERVICE.core.windows.net of the same service: in another zone the name would not be found."
  }
}

variable "access" {
  description = "Who has which role on the account, or on one container of it, by a name of your choice, such as Storage Blob Data Contributor."
  type = map(object({
    principal_id = string
    role         = string
    container    = optional(string)
  }))
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for grant in values(var.access) : grant.container == null ? true : contains(keys(var.containers), grant.container)])
    error_message = "The container of an access must be one of containers."
  }
}

variable "tags" {
  description = "Tags of everything that is made here and can have tags."
  type        = map(string)
  default     = {}
  nullable    = false
}
