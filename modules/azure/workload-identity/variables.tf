variable "name" {
  description = "Name of the identity."
  type        = string
  nullable    = false
}

variable "resource_group_name" {
  description = "Resource group that everything is made in."
  type        = string
  nullable    = false
}

variable "location" {
  description = "Region, such as westeurope."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9]+$", var.location))
    error_message = "location must be the short name of a region, in small letters without spaces, such as westeurope."
  }
}

variable "identity" {
  description = "An existing user-assigned identity. Without it one is made."
  type = object({
    id           = string
    client_id    = string
    principal_id = string
  })
  default = null
}

variable "issuer_url" {
  description = "OIDC issuer of the cluster whose service accounts may take the identity."
  type        = string
  nullable    = false
}

variable "service_accounts" {
  description = "Service accounts that may take the identity, by a name of your choice."
  type = map(object({
    namespace = string
    name      = string
  }))
  nullable = false

  validation {
    condition = alltrue([
      for account in values(var.service_accounts) :
      can(regex("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", account.namespace)) && can(regex("^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$", account.name))
    ])
    error_message = "A service account is named by its namespace and its name; a pattern is not possible."
  }
}

variable "roles" {
  description = "What the identity may do: a role on a resource, by a name of your choice."
  type = map(object({
    scope = string
    role  = string
  }))
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for grant in values(var.roles) : !contains(["Owner", "User Access Administrator"], grant.role)])
    error_message = "A workload may not hand out rights: Owner and User Access Administrator are refused."
  }
}

variable "tags" {
  description = "Tags of everything that is made here and can have tags."
  type        = map(string)
  default     = {}
  nullable    = false
}
