variable "name" {
  description = "Name of the metastore: of its deployment, service, configuration and secret."
  type        = string
  default     = "hive"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", var.name))
    error_message = "name must be 1 to 63 small letters, digits and hyphens, and begin and end with a letter or digit."
  }
}

variable "namespace" {
  description = "Namespace that everything is made in."
  type        = string
  nullable    = false
}

variable "image" {
  description = "Image of the metastore, with a tag that never changes or a digest."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("(:[^:/@]+|@sha256:[0-9a-f]{64})$", var.image)) && !endswith(var.image, ":latest")
    error_message = "image must have a tag or a digest, and the tag must not be latest: a deployment could not tell two images apart."
  }
}

variable "service_account" {
  description = "Service account of the pods, which decides what they may read in the warehouse."
  type        = string
  default     = "default"
  nullable    = false
}

variable "database" {
  description = "PostgreSQL database that keeps the catalog."
  type = object({
    host    = string
    port    = optional(number, 5432)
    name    = string
    user    = string
    options = optional(string, "sslmode=require")
  })
  nullable = false
}

variable "password" {
  description = "Password of the database user, which is kept in a secret of its own. Instead of it, password_secret names one that exists."
  type        = string
  default     = null
  sensitive   = true
}

variable "password_secret" {
  description = "A secret that exists and holds the password of the database user under this key."
  type        = object({ name = string, key = optional(string, "password") })
  default     = null

  validation {
    condition     = (var.password_secret == null) != nonsensitive(var.password == null)
    error_message = "Give either password or password_secret."
  }
}

variable "warehouse" {
  description = "Folder of tables that do not say where they lie, such as abfss://warehouse@ACCOUNT.dfs.core.windows.net/."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9]+://", var.warehouse))
    error_message = "warehouse must be a URI with its scheme, such as abfss://CONTAINER@HOST/ or s3a://BUCKET/."
  }
}

variable "properties" {
  description = "Properties of metastore-site.xml that the program needs wherever it runs: without Hive itself beside it, and on PostgreSQL."
  type        = map(string)
  default = {
    "metastore.expression.proxy"            = "org.apache.hadoop.hive.metastore.DefaultPartitionExpressionProxy"
    "metastore.task.threads.always"         = "org.apache.hadoop.hive.metastore.events.EventCleanerTask"
    "javax.jdo.option.ConnectionDriverName" = "org.postgresql.Driver"
  }
  nullable = false
}

variable "configuration" {
  description = "Further properties of metastore-site.xml, by name. They win over those that the module writes."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "core_configuration" {
  description = "Properties of core-site.xml, by name: how file systems are reached."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "replicas" {
  description = "Number of pods."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.replicas >= 1
    error_message = "replicas must be at least 1."
  }
}

variable "resources" {
  description = "What a pod asks for, and what it may not exceed."
  type = object({
    cpu          = optional(string, "500m")
    memory       = optional(string, "1Gi")
    memory_limit = optional(string, "2Gi")
  })
  default  = {}
  nullable = false

  validation {
    condition = alltrue([
      for memory in [var.resources.memory, var.resources.memory_limit] : can(regex("^[0-9.]+(Ki|Mi|Gi|Ti|k|M|G|T)$", memory))
    ])
    error_message = "memory needs a unit, such as 1Gi: a bare number is bytes."
  }
}

variable "port" {
  description = "Port of the service."
  type        = number
  default     = 9083
  nullable    = false
}
