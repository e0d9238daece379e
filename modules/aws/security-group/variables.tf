variable "name" {
  description = "Name of the group, unique in its network."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9._-]{1,255}$", var.name)) && !startswith(var.name, "sg-")
    error_message = "name must be 1 to 255 letters, digits, dots, underscores and hyphens, and must not begin with \"sg-\"."
  }
}

variable "description" {
  description = "What the group is for. AWS cannot change it later: another text makes another group."
  type        = string
  default     = "Managed by Terraform"
  nullable    = false
}

variable "vpc_id" {
  description = "Id of the network."
  type        = string
  nullable    = false
}

variable "ingress" {
  description = "Connections that the hosts of the group may accept, by a name of your choice: a port (or port to to_port), and either a cidr or the id of another group. protocol -1 is everything."
  type = map(object({
    port        = optional(number)
    to_port     = optional(number)
    protocol    = optional(string, "tcp")
    cidr        = optional(string)
    group_id    = optional(string)
    description = optional(string)
  }))
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for rule in values(var.ingress) : (rule.cidr == null) != (rule.group_id == null)])
    error_message = "Every rule needs either cidr or group_id, and not both."
  }

  validation {
    condition     = alltrue([for rule in values(var.ingress) : contains(["tcp", "udp", "-1"], rule.protocol) && (rule.protocol == "-1") == (rule.port == null)])
    error_message = "Every rule needs a port, and protocol is \"tcp\" or \"udp\"; a rule of protocol \"-1\" has no port."
  }

  validation {
    condition     = alltrue([for rule in values(var.ingress) : rule.cidr == null ? true : can(cidrhost(rule.cidr, 0))])
    error_message = "cidr must be an address range such as \"10.0.0.0/16\"."
  }

  validation {
    condition = alltrue([
      for rule in values(var.ingress) : rule.cidr != "0.0.0.0/0" || (rule.protocol == "tcp" && rule.to_port == null && contains([80, 443], coalesce(rule.port, 0)))
    ])
    error_message = "The world (0.0.0.0/0) may reach ports 80 and 443 only; name the range that everything else comes from."
  }
}

variable "egress" {
  description = "Connections that the hosts of the group may open, by a name of your choice: a port (or port to to_port), and either a cidr or the id of another group. protocol -1 is everything."
  type = map(object({
    port        = optional(number)
    to_port     = optional(number)
    protocol    = optional(string, "tcp")
    cidr        = optional(string)
    group_id    = optional(string)
    description = optional(string)
  }))
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for rule in values(var.egress) : (rule.cidr == null) != (rule.group_id == null)])
    error_message = "Every rule needs either cidr or group_id, and not both."
  }

  validation {
    condition     = alltrue([for rule in values(var.egress) : contains(["tcp", "udp", "-1"], rule.protocol) && (rule.protocol == "-1") == (rule.port == null)])
    error_message = "Every rule needs a port, and protocol is \"tcp\" or \"udp\"; a rule of protocol \"-1\" has no port."
  }

  validation {
    condition     = alltrue([for rule in values(var.egress) : rule.cidr == null ? true : can(cidrhost(rule.cidr, 0))])
    error_message = "cidr must be an address range such as \"10.0.0.0/16\"."
  }
}

variable "tags" {
  description = "Tags of the group and its rules."
  type        = map(string)
  default     = {}
  nullable    = false
}
