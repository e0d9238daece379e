variable "name" {
  description = "Name of the database."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z_][a-z0-9_]{0,62}$", var.name))
    error_message = "name must be 1 to 63 small letters, digits and underscores, and begin with a letter or underscore, so that SQL needs no quotes for it."
  }

  validation {
    condition     = !contains(["postgres", "template0", "template1", "azure_maintenance", "azure_sys"], var.name)
    error_message = "name must not be one of the databases of the server itself."
  }
}

variable "owner" {
  description = "Role that owns the database, and so may do anything in it; the administrator if left out."
  type        = string
  default     = null
}

variable "connection_limit" {
  description = "How many connections the database takes at a time; -1 is no limit."
  type        = number
  default     = -1
  nullable    = false
}

variable "encoding" {
  description = "Encoding of texts. Another one replaces the database, with its data."
  type        = string
  default     = "UTF8"
  nullable    = false
}

variable "collation" {
  description = "How texts are sorted and cased. Another one replaces the database, with its data."
  type        = string
  default     = "C"
  nullable    = false
}

variable "extensions" {
  description = "Extensions that are made in the database."
  type        = set(string)
  default     = []
  nullable    = false
}
