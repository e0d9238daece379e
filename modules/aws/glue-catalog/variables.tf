variable "database" {
  description = "Name of the database."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9_]{1,255}$", var.database))
    error_message = "database must be 1 to 255 lower-case letters, digits and underscores: others cannot be queried."
  }
}

variable "description" {
  description = "What the database is for."
  type        = string
  default     = null
}

variable "location_uri" {
  description = "Where tables lie that are made without a location of their own, such as s3://bucket/prefix."
  type        = string
  default     = null

  validation {
    condition     = var.location_uri == null ? true : startswith(var.location_uri, "s3://")
    error_message = "location_uri looks like s3://bucket/prefix."
  }
}

variable "tables" {
  description = "External tables over files in S3, by name. format is parquet, orc, json (one object per line) or csv (with a header line, all columns string)."
  type = map(object({
    location    = string
    format      = string
    description = optional(string)
    columns = list(object({
      name    = string
      type    = string
      comment = optional(string)
    }))
    partition_keys = optional(list(object({
      name    = string
      type    = string
      comment = optional(string)
    })), [])
    parameters = optional(map(string), {})
  }))
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for name in keys(var.tables) : can(regex("^[a-z0-9_]{1,255}$", name))])
    error_message = "Names of tables must be 1 to 255 lower-case letters, digits and underscores."
  }

  validation {
    condition     = alltrue([for table in values(var.tables) : contains(["parquet", "orc", "json", "csv"], table.format)])
    error_message = "format must be parquet, orc, json or csv."
  }

  validation {
    condition     = alltrue([for table in values(var.tables) : startswith(table.location, "s3://")])
    error_message = "location looks like s3://bucket/prefix."
  }

  validation {
    condition     = alltrue([for table in values(var.tables) : length(table.columns) > 0])
    error_message = "Every table needs at least one column."
  }

  validation {
    condition = alltrue([
      for table in values(var.tables) :
      length(distinct(concat(table.columns[*].name, table.partition_keys[*].name))) == length(table.columns) + length(table.partition_keys)
    ])
    error_message = "Columns and partition keys of one table need different names."
  }

  validation {
    condition     = alltrue([for table in values(var.tables) : table.format != "csv" || alltrue([for column in table.columns : column.type == "string"])])
    error_message = "All columns of a csv table are string: cast them in the query."
  }
}

variable "tags" {
  description = "Tags of the database."
  type        = map(string)
  default     = {}
  nullable    = false
}
