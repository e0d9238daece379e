variable "name" {
  description = "What the names of the roles begin with: <name>-plan, <name>-apply-<environment>."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9+=,.@_-]{1,40}$", var.name))
    error_message = "name must be 1 to 40 letters, digits and characters of +=,.@_-"
  }
}

variable "repository" {
  description = "The GitHub repository whose workflows may take the roles. With owner_id and repository_id, both of them, tokens of the form repo:OWNER@ID/REPO@ID are expected, as repositories created after 15 July 2026 send them; without them, of the form repo:OWNER/REPO."
  type = object({
    owner         = string
    name          = string
    owner_id      = optional(number)
    repository_id = optional(number)
  })
  nullable = false

  validation {
    condition     = can(regex("^[A-Za-z0-9_-]+$", var.repository.owner)) && can(regex("^[A-Za-z0-9._-]+$", var.repository.name))
    error_message = "owner and name are those in https://github.com/OWNER/NAME, without a slash and without wildcards."
  }

  validation {
    condition     = (var.repository.owner_id == null) == (var.repository.repository_id == null)
    error_message = "owner_id and repository_id go together: give both or neither."
  }
}

variable "oidc_provider" {
  description = "The existing provider for token.actions.githubusercontent.com; an account can have only one. Without it one is made."
  type = object({
    arn = string
  })
  default = null
}

variable "audience" {
  description = "Audience that tokens must be made for; aws-actions/configure-aws-credentials asks for this one."
  type        = string
  default     = "sts.amazonaws.com"
  nullable    = false

  validation {
    condition     = can(regex("^[^*?]+$", var.audience))
    error_message = "audience must not be empty and must not hold wildcards."
  }
}

variable "plan_role" {
  description = "The role for workflows of pull requests, which anybody with a branch in the repository can change: its statements may read, and write nothing but the lock objects of states (ARNs that end in .tflock). Without it there is no such role."
  type = object({
    statements = optional(list(object({
      sid       = optional(string)
      actions   = list(string)
      resources = list(string)
      conditions = optional(list(object({
        test     = string
        variable = string
        values   = list(string)
      })), [])
    })), [])
    lock_object_arns    = optional(list(string), [])
    managed_policy_arns = optional(map(string), {})
  })
  default = null

  validation {
    condition = var.plan_role == null ? true : alltrue(flatten([
      for statement in var.plan_role.statements : [
        for action in statement.actions :
        can(regex("^[a-z0-9-]+:(BatchDescribe|BatchGet|Describe|Get|Head|List|Lookup|Query|Scan|Search|Simulate|View)[A-Za-z0-9]*\\*?$", action)) || action == "kms:Decrypt"
      ]
    ]))
    error_message = "The plan role is read-only: its actions must be kms:Decrypt, or begin with Get, List, Describe, Head, BatchGet, BatchDescribe, Lookup, Query, Scan, Search, Simulate or View, as in s3:GetObject or ec2:Describe*."
  }

  validation {
    condition = var.plan_role == null ? true : alltrue([
      for arn in var.plan_role.lock_object_arns : can(regex("^arn:[a-z-]+:s3:::.+\\.tflock$", arn))
    ])
    error_message = "lock_object_arns must be ARNs of S3 objects that end in .tflock."
  }

  validation {
    condition     = var.plan_role == null ? true : length(var.plan_role.statements) + length(var.plan_role.managed_policy_arns) > 0
    error_message = "A plan role that may read nothing cannot plan: give statements or managed_policy_arns."
  }
}

variable "environments" {
  description = "One apply role for each GitHub environment, by its name: only a job that names the environment, and so passed its protection rules, may take it."
  type = map(object({
    statements = optional(list(object({
      sid       = optional(string)
      effect    = optional(string, "Allow")
      actions   = list(string)
      resources = list(string)
      conditions = optional(list(object({
        test     = string
        variable = string
        values   = list(string)
      })), [])
    })), [])
    managed_policy_arns = optional(map(string), {})
  }))
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for name in keys(var.environments) : can(regex("^[A-Za-z0-9_-]{1,16}$", name))])
    error_message = "Names of environments must be 1 to 16 letters, digits, hyphens and underscores."
  }

  validation {
    condition = alltrue([
      for environment in values(var.environments) : alltrue([for statement in environment.statements : contains(["Allow", "Deny"], statement.effect)])
    ])
    error_message = "effect must be \"Allow\" or \"Deny\"."
  }

  validation {
    condition = alltrue([
      for environment in values(var.environments) : length(environment.statements) + length(environment.managed_policy_arns) > 0
    ])
    error_message = "An apply role without rights cannot apply: give statements or managed_policy_arns."
  }
}

variable "permissions_boundary" {
  description = "ARN of the managed policy that bounds what the roles may do at most."
  type        = string
  default     = null
}

variable "max_session_duration" {
  description = "For how many seconds a role can be taken at most."
  type        = number
  default     = 3600
  nullable    = false

  validation {
    condition     = var.max_session_duration >= 3600 && var.max_session_duration <= 43200
    error_message = "max_session_duration must be 3600 to 43200 seconds."
  }
}

variable "tags" {
  description = "Tags of the roles and the provider."
  type        = map(string)
  default     = {}
  nullable    = false
}
