variable "name" {
  description = "Name of the instance; its groups are named after it."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", var.name)) && length(var.name) <= 57
    error_message = "name must be at most 57 lower-case letters, digits and single hyphens, beginning with a letter."
  }
}

variable "vpc_id" {
  description = "Id of the network."
  type        = string
  nullable    = false
}

variable "subnet_ids" {
  description = "Ids of private subnets in at least two availability zones."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(var.subnet_ids) >= 2
    error_message = "RDS wants subnets in at least two availability zones."
  }
}

variable "clients" {
  description = "Ids of the security groups that may reach the database, by a name of your choice. Nobody else can."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "engine_version" {
  description = "Version of PostgreSQL: a major one, such as 16, of which AWS takes the newest."
  type        = string
  default     = "16"
  nullable    = false

  validation {
    condition     = can(regex("^1[3-9](\\.[0-9]+)?$", var.engine_version))
    error_message = "engine_version must be a version of PostgreSQL such as 16 or 16.4."
  }
}

variable "instance_class" {
  description = "Size of the instance."
  type        = string
  default     = "db.t4g.micro"
  nullable    = false

  validation {
    condition     = startswith(var.instance_class, "db.")
    error_message = "instance_class must be one of RDS, such as db.t4g.micro."
  }
}

variable "database" {
  description = "The database that is made with the instance."
  type        = string
  default     = "postgres"
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z_][A-Za-z0-9_]{0,62}$", var.database))
    error_message = "database must be letters, digits and underscores, at most 63."
  }
}

variable "username" {
  description = "The first user. RDS makes its password, and keeps it in Secrets Manager."
  type        = string
  default     = "postgres_admin"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9_]{0,62}$", var.username)) && !contains(["admin", "rdsadmin"], var.username)
    error_message = "username must be lower-case letters, digits and underscores, beginning with a letter; admin and rdsadmin are RDS's own."
  }
}

variable "port" {
  description = "Port of the database."
  type        = number
  default     = 5432
  nullable    = false

  validation {
    condition     = var.port >= 1150 && var.port <= 65535
    error_message = "port must be 1150 to 65535."
  }
}

variable "parameters" {
  description = "Settings of PostgreSQL that take effect without a restart."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = !contains(keys(var.parameters), "rds.force_ssl")
    error_message = "rds.force_ssl is always on."
  }
}

variable "storage" {
  description = "GiB at first and at most, always encrypted gp3, by a key of your own where wanted."
  type = object({
    size       = optional(number, 20)
    max_size   = optional(number, 100)
    kms_key_id = optional(string)
  })
  default  = {}
  nullable = false

  validation {
    condition     = var.storage.size >= 20 && var.storage.max_size > var.storage.size
    error_message = "size must be at least 20 GiB, and max_size more than size."
  }
}

variable "secret_kms_key_id" {
  description = "Key of your own that the password is encrypted with."
  type        = string
  default     = null
}

variable "multi_az" {
  description = "Keep a second instance in another zone that takes over."
  type        = bool
  default     = false
  nullable    = false
}

variable "backup_days" {
  description = "For how many days backups are kept; 0 makes none."
  type        = number
  default     = 7
  nullable    = false

  validation {
    condition     = var.backup_days >= 0 && var.backup_days <= 35
    error_message = "backup_days must be 0 to 35."
  }
}

variable "apply_immediately" {
  description = "Change it at once, and not in the maintenance window."
  type        = bool
  default     = false
  nullable    = false
}

variable "deletion_protection" {
  description = "Refuse to delete the database until this is off again."
  type        = bool
  default     = true
  nullable    = false
}

variable "disposable" {
  description = "Let a destroy take the data along, without a last snapshot."
  type        = bool
  default     = false
  nullable    = false
}

variable "tags" {
  description = "Tags of everything that is made here."
  type        = map(string)
  default     = {}
  nullable    = false
}
