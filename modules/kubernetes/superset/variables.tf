variable "name" {
  description = "Name of the release, and of its service."
  type        = string
  default     = "superset"
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
  description = "Image of Superset, as NAME:TAG with a tag that never changes. It must hold the drivers of the databases that are asked."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[^@]+:[^:/@]+$", var.image)) && !endswith(var.image, ":latest")
    error_message = "image must be NAME:TAG, and the tag must not be latest."
  }
}

variable "database" {
  description = "PostgreSQL database that keeps dashboards and users."
  type = object({
    host = string
    port = optional(number, 5432)
    name = string
    user = string
  })
  nullable = false
}

variable "passwords" {
  description = "What Superset must keep to itself: the password of its database user, the key that signs sessions and encrypts connections, and the first administrator's password."
  type = object({
    database      = string
    secret_key    = string
    administrator = string
  })
  nullable  = false
  sensitive = true

  validation {
    condition     = length(var.passwords.secret_key) >= 32 && length(var.passwords.administrator) >= 16
    error_message = "secret_key must have at least 32 characters, and the administrator's password at least 16."
  }
}

variable "administrator" {
  description = "The first administrator, who can make others."
  type = object({
    name  = optional(string, "platform")
    email = string
  })
  nullable = false

  validation {
    condition     = var.administrator.name != "admin" && can(regex("^[^@ ]+@[^@ ]+$", var.administrator.email))
    error_message = "The administrator needs an e-mail address, and a name that is not admin."
  }
}

variable "trino" {
  description = "Trino that dashboards ask, with the user and the catalog of the customer."
  type = object({
    host    = string
    port    = optional(number, 8080)
    user    = string
    catalog = string
  })
  default = null
}

variable "replicas" {
  description = "Number of web servers."
  type        = number
  default     = 1
  nullable    = false
}

variable "chart" {
  description = "Helm chart: its repository and exact version."
  type = object({
    repository = optional(string, "https://apache.github.io/superset")
    version    = optional(string, "0.15.0")
  })
  default  = {}
  nullable = false

  validation {
    condition     = can(regex("^[0-9]+\\.[0-9]+\\.[0-9]+$", var.chart.version))
    error_message = "version must be an exact version of the chart, such as 0.15.0: a range would change behind your back."
  }
}

variable "values" {
  description = "Values for the chart. They are laid over those that the module sets, key by key."
  type        = any
  default     = {}
  nullable    = false

  validation {
    condition     = can(keys(var.values))
    error_message = "values must be a map, as in a values.yaml."
  }
}

variable "timeout_seconds" {
  description = "How long Helm waits until all pods are ready."
  type        = number
  default     = 600
  nullable    = false
}
