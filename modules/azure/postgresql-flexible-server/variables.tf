variable "name" {
  description = "Name of the server, unique in all of Azure."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$", var.name))
    error_message = "name must be 3 to 63 small letters, digits and hyphens, and begin and end with a letter or digit."
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

variable "postgresql_version" {
  description = "Major version of PostgreSQL. Another one replaces the server, with its data."
  type        = string
  default     = "16"
  nullable    = false

  validation {
    condition     = contains(["13", "14", "15", "16", "17"], var.postgresql_version)
    error_message = "postgresql_version must be 13, 14, 15, 16 or 17."
  }
}

variable "sku" {
  description = "Size of the server, such as GP_Standard_D2ds_v5 or B_Standard_B1ms."
  type        = string
  default     = "GP_Standard_D2ds_v5"
  nullable    = false

  validation {
    condition     = can(regex("^(B|GP|MO)_Standard_", var.sku))
    error_message = "sku must begin with B_Standard_, GP_Standard_ or MO_Standard_."
  }
}

variable "storage_mb" {
  description = "Size of the disk in MB. It can grow, not shrink."
  type        = number
  default     = 32768
  nullable    = false

  validation {
    condition     = contains([32768, 65536, 131072, 262144, 524288, 1048576, 2097152, 4193280, 4194304, 8388608, 16777216, 33553408], var.storage_mb)
    error_message = "storage_mb must be one of the sizes that Azure has: 32768, 65536, 131072, 262144, 524288, 1048576 and so on."
  }
}

variable "administrator" {
  description = "Name of the administrator; not one that Azure keeps, such as admin, postgres or azure_superuser."
  type        = string
  default     = "platform"
  nullable    = false

  validation {
    condition = can(regex("^[a-z_][a-z0-9_]{0,62}$", var.administrator)) && !startswith(var.administrator, "pg_") && !contains([
      "admin", "administrator", "azure_pg_admin", "azure_superuser", "guest", "postgres", "public", "root"
    ], var.administrator)
    error_message = "administrator must be small letters, digits and underscores, not begin with pg_, and not be a name that Azure keeps."
  }
}

variable "password_version" {
  description = "Another number makes a new password for the administrator."
  type        = number
  default     = 1
  nullable    = false
}

variable "key_vault" {
  description = "Vault that keeps the password of the administrator, as the secret NAME-administrator."
  type        = object({ id = string })
  default     = null
}

variable "network" {
  description = "Private access: the server gets an address in a subnet that is delegated to it, and its name in a private DNS zone that ends in postgres.database.azure.com. Without it the server is public, and firewall_rules say for whom. It cannot be changed later."
  type = object({
    subnet_id           = string
    private_dns_zone_id = string
  })
  default = null

  validation {
    condition     = var.network == null ? true : endswith(var.network.private_dns_zone_id, ".postgres.database.azure.com")
    error_message = "The private DNS zone must end in .postgres.database.azure.com, such as NAME.private.postgres.database.azure.com; privatelink zones are for private endpoints."
  }
}

variable "firewall_rules" {
  description = "Address ranges that may reach a public server, by a name of your choice."
  type = map(object({
    first = string
    last  = string
  }))
  default  = {}
  nullable = false

  validation {
    condition     = length(var.firewall_rules) == 0 || var.network == null
    error_message = "A server in a network has no firewall rules: the rules of its subnet count."
  }

  validation {
    condition     = alltrue([for rule in values(var.firewall_rules) : !(rule.first == "0.0.0.0" && rule.last == "255.255.255.255")])
    error_message = "A rule for all of the internet is refused."
  }
}

variable "configurations" {
  description = "Parameters of the server, by name, such as max_connections. Encrypted connections are required in any case."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = lookup(var.configurations, "require_secure_transport", "on") != "off"
    error_message = "require_secure_transport cannot be off."
  }
}

variable "backup_retention_days" {
  description = "For how many days the server can be restored to any moment."
  type        = number
  default     = 7
  nullable    = false

  validation {
    condition     = var.backup_retention_days >= 7 && var.backup_retention_days <= 35
    error_message = "backup_retention_days must be between 7 and 35."
  }
}

variable "geo_redundant_backup" {
  description = "Keep backups in the paired region too. It cannot be changed later."
  type        = bool
  default     = false
  nullable    = false
}

variable "high_availability" {
  description = "A second server that takes over: ZoneRedundant or SameZone. Burstable sizes cannot have one."
  type        = object({ mode = optional(string, "ZoneRedundant"), standby_zone = optional(string) })
  default     = null

  validation {
    condition     = var.high_availability == null ? true : contains(["ZoneRedundant", "SameZone"], var.high_availability.mode) && !startswith(var.sku, "B_")
    error_message = "mode must be ZoneRedundant or SameZone, and the size not burstable (B_)."
  }
}

variable "zone" {
  description = "Availability zone of the server."
  type        = string
  default     = "1"
  nullable    = false
}

variable "tags" {
  description = "Tags of everything that is made here and can have tags."
  type        = map(string)
  default     = {}
  nullable    = false
}
