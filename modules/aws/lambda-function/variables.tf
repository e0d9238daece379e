variable "name" {
  description = "Name of the function; its log group, role and schedule are named after it."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9_-]{1,55}$", var.name))
    error_message = "name must be 1 to 55 letters, digits, hyphens and underscores: names of roles have at most 64, and some are longer than this one."
  }
}

variable "description" {
  description = "What the function is for."
  type        = string
  default     = null
}

variable "package" {
  description = "Path of the zip file with the function's code. The function is updated when its content changes."
  type        = string
  nullable    = false

  validation {
    condition     = endswith(var.package, ".zip") && try(fileexists(var.package), false)
    error_message = "package must be a zip file that exists: Terraform cannot pack a folder."
  }
}

variable "handler" {
  description = "What Lambda calls in the package, such as main.handler: the function handler in main.py."
  type        = string
  nullable    = false
}

variable "runtime" {
  description = "Runtime of the function, such as python3.13 or nodejs22.x."
  type        = string
  nullable    = false
}

variable "architecture" {
  description = "Processor of the function: x86_64 or arm64."
  type        = string
  default     = "x86_64"
  nullable    = false

  validation {
    condition     = contains(["x86_64", "arm64"], var.architecture)
    error_message = "architecture must be x86_64 or arm64."
  }
}

variable "environment" {
  description = "Environment variables of the function. They can be read by whoever may read the function's configuration: secrets belong in Secrets Manager."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for key in keys(var.environment) : can(regex("^[A-Za-z][A-Za-z0-9_]+$", key))])
    error_message = "Names of environment variables must be at least two letters, digits and underscores, and begin with a letter."
  }
}

variable "timeout" {
  description = "After how many seconds a call is ended."
  type        = number
  default     = 30
  nullable    = false

  validation {
    condition     = var.timeout >= 1 && var.timeout <= 900
    error_message = "timeout must be 1 to 900 seconds."
  }
}

variable "memory_size" {
  description = "Memory in MB; processor time grows with it."
  type        = number
  default     = 128
  nullable    = false

  validation {
    condition     = var.memory_size >= 128 && var.memory_size <= 10240
    error_message = "memory_size must be 128 to 10240 MB."
  }
}

variable "layers" {
  description = "ARNs of layer versions, at most five."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = length(var.layers) <= 5
    error_message = "A function has at most five layers."
  }
}

variable "vpc" {
  description = "Subnets and security groups for a function that reaches into a VPC."
  type = object({
    subnet_ids         = list(string)
    security_group_ids = list(string)
  })
  default = null
}

variable "log_retention_days" {
  description = "For how many days logs are kept; 0 keeps them for ever."
  type        = number
  default     = 30
  nullable    = false

  validation {
    condition     = contains([0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "CloudWatch keeps logs for 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288 or 3653 days, or for ever (0)."
  }
}

variable "role" {
  description = "An existing role to run as. Without it the function gets a role of its own that may write its logs, and what statements and managed_policy_arns allow."
  type = object({
    arn = string
  })
  default = null
}

variable "statements" {
  description = "What the function's own role may do besides writing logs."
  type = list(object({
    sid       = optional(string)
    effect    = optional(string, "Allow")
    actions   = list(string)
    resources = list(string)
    conditions = optional(list(object({
      test     = string
      variable = string
      values   = list(string)
    })), [])
  }))
  default  = []
  nullable = false

  validation {
    condition     = alltrue([for statement in var.statements : contains(["Allow", "Deny"], statement.effect)])
    error_message = "effect must be \"Allow\" or \"Deny\"."
  }
}

variable "managed_policy_arns" {
  description = "Managed policies for the function's own role, by a name of your choice."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "schedule" {
  description = "When the function is called by the clock: cron(minute hour day month weekday year), rate(...) or at(...), always with its time zone. input is the JSON text that the function is given."
  type = object({
    expression = string
    timezone   = string
    enabled    = optional(bool, true)
    input      = optional(string)
  })
  default = null

  validation {
    condition = var.schedule == null ? true : (
      can(regex("^(rate|at)\\(.+\\)$", var.schedule.expression)) || can(regex("^cron\\(\\S+( \\S+){5}\\)$", var.schedule.expression))
    )
    error_message = "expression must be cron(...) with six fields (minute hour day month weekday year), rate(...) or at(...)."
  }

  validation {
    condition     = var.schedule == null ? true : can(regex("^[A-Z][A-Za-z_]*(/[A-Za-z0-9_+-]+)*$", var.schedule.timezone))
    error_message = "timezone must be a name from the time zone database, such as Asia/Seoul or UTC."
  }

  validation {
    condition     = try(var.schedule.input, null) == null ? true : can(jsondecode(var.schedule.input))
    error_message = "input of the schedule must be JSON text."
  }
}

variable "tags" {
  description = "Tags of everything that is made here and can have tags."
  type        = map(string)
  default     = {}
  nullable    = false
}
