variable "name" {
  type = string
  validation {
    condition     = can(regex("^[A-Za-z0-9_-]{1,55}$", var.name))
    error_message = "name must be 1 to 55 letters, digits, - and _."
  }
}

variable "kind" {
  type = string
  validation {
    condition     = contains(["glueetl", "pythonshell"], var.kind)
    error_message = "kind must be glueetl or pythonshell."
  }
}

variable "timeout" {
  type    = number
  default = 60
  validation {
    condition     = var.timeout >= 1 && var.timeout <= 900
    error_message = "timeout must be 1 to 900."
  }
}

variable "keys" {
  type    = map(string)
  default = {}
  validation {
    condition     = alltrue([for key in keys(var.keys) : can(regex("^[A-Za-z]+$", key))])
    error_message = "keys must be letters."
  }
}

variable "schedule" {
  type = object({
    expression = string
    input      = optional(string)
  })
  default = null
  validation {
    condition     = var.schedule == null ? true : startswith(var.schedule.expression, "rate(")
    error_message = "expression must be a rate."
  }
  validation {
    condition     = try(var.schedule.input, null) == null ? true : can(jsondecode(var.schedule.input))
    error_message = "input must be JSON."
  }
}
