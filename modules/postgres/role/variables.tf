variable "name" {
  description = "Name of the role."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z_][a-z0-9_]{0,62}$", var.name))
    error_message = "name must be 1 to 63 small letters, digits and underscores, and begin with a letter or underscore, so that SQL needs no quotes for it."
  }

  validation {
    condition     = !startswith(var.name, "pg_") && !contains(["public", "none", "postgres"], var.name)
    error_message = "name must not begin with pg_, nor be public, none or postgres: PostgreSQL keeps these."
  }
}

variable "password" {
  description = "Password of the role. Without it the role cannot log in; other roles can be members of it."
  type        = string
  default     = null
  sensitive   = true

  validation {
    condition     = var.password == null ? true : length(var.password) >= 16
    error_message = "password must have at least 16 characters."
  }
}

variable "member_of" {
  description = "Roles that this role is a member of, and whose rights it has."
  type        = set(string)
  default     = []
  nullable    = false
}

variable "connection_limit" {
  description = "How many connections the role may have at a time; -1 is no limit."
  type        = number
  default     = -1
  nullable    = false
}

variable "statement_timeout_seconds" {
  description = "After how many seconds a statement of the role is ended; 0 is never."
  type        = number
  default     = 0
  nullable    = false
}

variable "search_path" {
  description = "Schemas in which names are looked for that are written without one."
  type        = list(string)
  default     = []
  nullable    = false
}
