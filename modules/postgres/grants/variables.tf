variable "role" {
  description = "Role that is given rights. Everybody (public) is refused."
  type        = string
  nullable    = false

  validation {
    condition     = lower(var.role) != "public"
    error_message = "role must not be public: what everybody may do, every customer may do."
  }
}

variable "database" {
  description = "Database that the rights are in; the role has none in others by this."
  type        = string
  nullable    = false
}

variable "database_privileges" {
  description = "What the role may do with the database: CONNECT, TEMPORARY, CREATE."
  type        = set(string)
  default     = ["CONNECT"]
  nullable    = false

  validation {
    condition     = alltrue([for privilege in var.database_privileges : contains(["CONNECT", "TEMPORARY", "CREATE"], privilege)])
    error_message = "database_privileges can be CONNECT, TEMPORARY and CREATE."
  }
}

variable "schemas" {
  description = "What the role may do in schemas, by name: with the schema itself (USAGE, CREATE), and with all tables and sequences that are there. future says whose new tables and sequences it may use alike."
  type = map(object({
    privileges = optional(set(string), ["USAGE"])
    tables     = optional(set(string), [])
    sequences  = optional(set(string), [])
    future     = optional(object({ owner = string }))
  }))
  default  = {}
  nullable = false

  validation {
    condition = alltrue(flatten([
      for schema in values(var.schemas) : [for privilege in schema.privileges : contains(["USAGE", "CREATE"], privilege)]
    ]))
    error_message = "privileges of a schema can be USAGE and CREATE."
  }

  validation {
    condition = alltrue(flatten([
      for schema in values(var.schemas) : [
        for privilege in schema.tables : contains(["SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER"], privilege)
      ]
    ]))
    error_message = "tables can be SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES and TRIGGER."
  }

  validation {
    condition = alltrue(flatten([
      for schema in values(var.schemas) : [for privilege in schema.sequences : contains(["USAGE", "SELECT", "UPDATE"], privilege)]
    ]))
    error_message = "sequences can be USAGE, SELECT and UPDATE."
  }
}
