variable "name" {
  description = "Name of the host; its group, role, profile and key are named after it."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$", var.name)) && !startswith(var.name, "sg-")
    error_message = "name must be 1 to 64 letters, digits, dots, underscores and hyphens, and must not begin with \"sg-\"."
  }
}

variable "vpc_id" {
  description = "Id of the network."
  type        = string
  nullable    = false
}

variable "subnet_id" {
  description = "Id of the subnet: a public one for SSH; for Session Manager one that reaches the internet."
  type        = string
  nullable    = false
}

variable "ssh_cidrs" {
  description = "Where SSH may come from, by a name of your choice. Without any, the host has no public address and no open port: Session Manager reaches it."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for cidr in values(var.ssh_cidrs) : can(cidrhost(cidr, 0)) && try(tonumber(split("/", cidr)[1]) >= 16, false)])
    error_message = "Every range must be /16 or smaller, such as 203.0.113.7/32: SSH is not for the world."
  }

  validation {
    condition     = length(var.ssh_cidrs) == 0 || var.public_key != null
    error_message = "SSH needs public_key: without a key nobody could log in."
  }
}

variable "public_key" {
  description = "Public key that logs in by SSH, as ssh-keygen writes it. The private one stays with you."
  type        = string
  default     = null

  validation {
    condition     = var.public_key == null ? true : can(regex("^(ssh-ed25519|ssh-rsa) [A-Za-z0-9+/=]+", var.public_key))
    error_message = "public_key must begin with ssh-ed25519 or ssh-rsa; a private key must never stand here."
  }
}

variable "egress" {
  description = "What the host may reach, by a name of your choice. HTTPS is what Session Manager and updates need."
  type = map(object({
    port = number
    cidr = string
  }))
  default  = { https = { port = 443, cidr = "0.0.0.0/0" } }
  nullable = false

  validation {
    condition     = alltrue([for rule in values(var.egress) : can(cidrhost(rule.cidr, 0))])
    error_message = "cidr must be an address range such as \"10.0.0.0/16\"."
  }
}

variable "image_id" {
  description = "Id of the image; the newest Amazon Linux 2023 at the time the host is made, if left out."
  type        = string
  default     = null
}

variable "instance_type" {
  description = "Size of the host."
  type        = string
  default     = "t3.nano"
  nullable    = false
}

variable "architecture" {
  description = "Processor of the newest image: x86_64 or arm64, as the instance type has it."
  type        = string
  default     = "x86_64"
  nullable    = false

  validation {
    condition     = contains(["x86_64", "arm64"], var.architecture)
    error_message = "architecture must be x86_64 or arm64."
  }
}

variable "tags" {
  description = "Tags of everything that is made here."
  type        = map(string)
  default     = {}
  nullable    = false
}
