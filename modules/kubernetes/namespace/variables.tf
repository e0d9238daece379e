variable "name" {
  description = "Name of the namespace."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", var.name))
    error_message = "name must be 1 to 63 small letters, digits and hyphens, and begin and end with a letter or digit."
  }

  validation {
    condition     = !startswith(var.name, "kube-") && var.name != "default"
    error_message = "name must not be default nor begin with kube-: these belong to Kubernetes."
  }
}

variable "labels" {
  description = "Labels of the namespace, by which network policies of others find it."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "pod_security" {
  description = "What pods may do: restricted, baseline or privileged, as Kubernetes defines it."
  type        = string
  default     = "baseline"
  nullable    = false

  validation {
    condition     = contains(["restricted", "baseline", "privileged"], var.pod_security)
    error_message = "pod_security must be restricted, baseline or privileged."
  }
}

variable "quota" {
  description = "What all pods of the namespace may take together, such as requests.memory: 32Gi. Without it there is no limit."
  type        = map(string)
  default     = null

  validation {
    condition = var.quota == null ? true : alltrue([
      for key, value in var.quota : can(regex("(memory|storage)$", key)) ? can(regex("^[0-9.]+(Ki|Mi|Gi|Ti|k|M|G|T)$", value)) : true
    ])
    error_message = "Memory and storage need a unit, such as 32Gi: a bare number is bytes."
  }
}

variable "limits" {
  description = "What a container gets that asks for nothing (request), and what it may not exceed then (limit). Without it such a container has no bound, and is refused where there is a quota."
  type = object({
    request = optional(object({ cpu = optional(string, "100m"), memory = optional(string, "256Mi") }), {})
    limit   = optional(object({ cpu = optional(string, "1"), memory = optional(string, "1Gi") }), {})
  })
  default = {}

  validation {
    condition = var.limits == null ? true : alltrue([
      for memory in [var.limits.request.memory, var.limits.limit.memory] : can(regex("^[0-9.]+(Ki|Mi|Gi|Ti|k|M|G|T)$", memory))
    ])
    error_message = "memory needs a unit, such as 512Mi: a bare number is bytes."
  }
}

variable "ingress_from" {
  description = "Who may reach pods of the namespace from other namespaces, by a name of your choice: pods of namespaces with these labels, at these ports. Everything else from outside is refused."
  type = map(object({
    namespace_labels = map(string)
    ports            = list(number)
  }))
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for source in values(var.ingress_from) : length(source.namespace_labels) > 0 && length(source.ports) > 0])
    error_message = "ingress_from needs at least one label and one port: none would be all of them."
  }
}

variable "egress_to" {
  description = "What pods of the namespace may reach beside each other and name servers, by a name of your choice: an address range or namespaces with these labels, at these ports. Everything else is refused."
  type = map(object({
    cidr             = optional(string)
    namespace_labels = optional(map(string))
    ports            = list(number)
  }))
  default  = {}
  nullable = false

  validation {
    condition = alltrue([
      for target in values(var.egress_to) : (target.cidr == null) != (target.namespace_labels == null) && length(target.ports) > 0
    ])
    error_message = "egress_to needs either cidr or namespace_labels, and at least one port."
  }

  validation {
    condition     = alltrue([for target in values(var.egress_to) : target.cidr == null ? true : can(cidrhost(target.cidr, 0))])
    error_message = "cidr must be a range such as 10.0.2.0/24."
  }
}

variable "service_accounts" {
  description = "Service accounts by name. identity is the client id of an Azure identity that its pods may take."
  type        = map(object({ identity = optional(object({ client_id = string })) }))
  default     = {}
  nullable    = false
}
