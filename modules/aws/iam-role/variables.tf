variable "name" {
  description = "Name of the role."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9+=,.@_-]{1,64}$", var.name))
    error_message = "name must be 1 to 64 letters, digits and characters of +=,.@_-"
  }
}

variable "description" {
  description = "What the role is for."
  type        = string
  default     = null
}

variable "path" {
  description = "Path of the role, such as /platform/."
  type        = string
  default     = "/"
  nullable    = false

  validation {
    condition     = can(regex("^/([!-~]+/)?$", var.path))
    error_message = "path must begin and end with \"/\"."
  }
}

variable "trust" {
  description = "Who may take the role: AWS services by their principals (lambda.amazonaws.com), or the text of a whole trust policy in JSON."
  type = object({
    services = optional(list(string), [])
    json     = optional(string)
  })
  nullable = false

  validation {
    condition     = (length(var.trust.services) > 0) != (var.trust.json != null)
    error_message = "trust needs either services or json, and not both."
  }

  validation {
    condition     = alltrue([for service in var.trust.services : can(regex("^[a-z0-9.-]+\\.amazonaws\\.com(\\.cn)?$", service))])
    error_message = "A service principal looks like lambda.amazonaws.com."
  }

  validation {
    condition     = var.trust.json == null ? true : can(jsondecode(var.trust.json).Statement)
    error_message = "json of trust must be a policy in JSON, with its Statement."
  }
}

variable "statements" {
  description = "What the role may do, as one inline policy."
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

  validation {
    condition     = alltrue([for statement in var.statements : length(statement.actions) > 0 && length(statement.resources) > 0])
    error_message = "Every statement needs at least one action and one resource."
  }
}

variable "managed_policy_arns" {
  description = "Managed policies to attach, by a name of your choice."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "permissions_boundary" {
  description = "ARN of the managed policy that bounds what the role may do at most."
  type        = string
  default     = null
}

variable "max_session_duration" {
  description = "For how many seconds the role can be taken at most."
  type        = number
  default     = 3600
  nullable    = false

  validation {
    condition     = var.max_session_duration >= 3600 && var.max_session_duration <= 43200
    error_message = "max_session_duration must be 3600 to 43200 seconds."
  }
}

variable "instance_profile" {
  description = "Make an instance profile of the same name, for EC2 hosts."
  type        = bool
  default     = false
  nullable    = false
}

variable "tags" {
  description = "Tags of the role and its instance profile."
  type        = map(string)
  default     = {}
  nullable    = false
}
