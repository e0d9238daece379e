variable "names" {
  type    = map(string)
  default = {}
  validation {
    condition     = alltrue([for key in keys(var.names) : can(regex("^[a-z]+$", key))])
    error_message = "names must be small letters."
  }
  validation {
    condition     = length(var.names) <= 3
    error_message = "there may be at most 3 names."
  }
}

variable "ports" {
  type    = map(object({ port = number, protocol = optional(string, "tcp") }))
  default = {}
  validation {
    condition     = alltrue([for rule in values(var.ports) : rule.port > 0 && contains(["tcp", "udp"], rule.protocol)])
    error_message = "a port is above 0, and of tcp or udp."
  }
  validation {
    condition     = length(var.ports) == 0 || contains(keys(var.ports), "ssh")
    error_message = "there must be a port 'ssh'."
  }
}

variable "sizes" {
  type    = map(number)
  default = {}
  validation {
    condition     = alltrue([for name, size in var.sizes : name != "huge"])
    error_message = "there is no size huge."
  }
  validation {
    condition     = alltrue([for name, size in var.sizes : size < 100]) && alltrue([for name, size in var.sizes : size != 5])
    error_message = "sizes are below 100 and not 5."
  }
}

variable "trust" {
  type    = object({ services = list(string) })
  default = null
  validation {
    condition     = var.trust == null ? true : alltrue([for service in var.trust.services : endswith(service, ".com")])
    error_message = "services end with .com."
  }
}
