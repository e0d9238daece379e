variable "vpc_id" {
  description = "Id of the network."
  type        = string
  nullable    = false
}

variable "prefix" {
  description = "What the names of the groups begin with."
  type        = string
  default     = ""
  nullable    = false
}

variable "groups" {
  description = "The groups: by name, what each is for. AWS cannot change that text later: another text makes another group."
  type        = map(string)
  nullable    = false

  validation {
    condition     = alltrue([for name in keys(var.groups) : can(regex("^[a-z][a-z0-9-]*$", name))])
    error_message = "A group is named by lower-case letters, digits and hyphens, beginning with a letter."
  }
}

variable "flows" {
  description = "Who may open a connection to whom, by a name of your choice: from and to are names of groups or address ranges, and at least one of them is a group. Between two groups a flow makes two rules, one at each end."
  type = map(object({
    from        = string
    to          = string
    port        = number
    to_port     = optional(number)
    protocol    = optional(string, "tcp")
    description = optional(string)
  }))
  default  = {}
  nullable = false

  validation {
    condition = alltrue(flatten([
      for flow in values(var.flows) : [for end in [flow.from, flow.to] : contains(keys(var.groups), end) || can(cidrhost(end, 0))]
    ]))
    error_message = "from and to must each be one of the groups, or an address range such as \"10.0.0.0/16\"."
  }

  validation {
    condition     = alltrue([for flow in values(var.flows) : contains(keys(var.groups), flow.from) || contains(keys(var.groups), flow.to)])
    error_message = "A flow must begin or end at one of the groups."
  }

  validation {
    condition     = alltrue([for flow in values(var.flows) : contains(["tcp", "udp"], flow.protocol) && flow.port > 0 && (flow.to_port == null ? true : flow.to_port >= flow.port)])
    error_message = "protocol is \"tcp\" or \"udp\", port is above 0, and to_port is not below port."
  }

  validation {
    condition = alltrue([
      for flow in values(var.flows) : flow.from != "0.0.0.0/0" || (flow.protocol == "tcp" && flow.to_port == null && contains([80, 443], flow.port))
    ])
    error_message = "The world (0.0.0.0/0) may reach ports 80 and 443 only; name the range that everything else comes from."
  }

  validation {
    condition = alltrue([
      for flow in values(var.flows) : flow.protocol != "tcp" || flow.port > 2375 || (flow.to_port == null ? flow.port : flow.to_port) < 2375
    ])
    error_message = "Port 2375 is Docker's API without TLS: whoever reaches it owns the host. Use 2376 with tlsverify."
  }
}

variable "tags" {
  description = "Tags of the groups and their rules."
  type        = map(string)
  default     = {}
  nullable    = false
}
