variable "name" {
  description = "Name of the release, and of its service."
  type        = string
  default     = "trino"
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
  description = "Image of Trino, with a tag that never changes; the chart's own if left out."
  type = object({
    repository = string
    tag        = string
  })
  default = null
}

variable "workers" {
  description = "Number of workers."
  type        = number
  default     = 2
  nullable    = false
}

variable "metastores" {
  description = "Hive metastores by customer, as thrift:// addresses. Each becomes a catalog of the customer's name that only users of that name, or NAME-SOMETHING, can see."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for name in keys(var.metastores) : can(regex("^[a-z][a-z0-9_]*$", name)) && !contains(["system", "jmx"], name)])
    error_message = "A customer's name becomes that of a catalog: small letters, digits and underscores, beginning with a letter, and not system or jmx."
  }

  validation {
    condition     = alltrue([for uri in values(var.metastores) : startswith(uri, "thrift://")])
    error_message = "A metastore is given as thrift://HOST:PORT."
  }
}

variable "catalog_properties" {
  description = "Further properties of every customer's catalog, such as how its files are reached."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "administrators" {
  description = "Users that see every catalog, as a regular expression; nobody if left out."
  type        = string
  default     = null
}

variable "service_account" {
  description = "Service account of the pods, which decides what they may read in warehouses."
  type        = string
  default     = null
}

variable "chart" {
  description = "Helm chart: its repository and exact version."
  type = object({
    repository = optional(string, "https://trinodb.github.io/charts")
    version    = optional(string, "1.37.0")
  })
  default  = {}
  nullable = false

  validation {
    condition     = can(regex("^[0-9]+\\.[0-9]+\\.[0-9]+$", var.chart.version))
    error_message = "version must be an exact version of the chart, such as 1.37.0: a range would change behind your back."
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
