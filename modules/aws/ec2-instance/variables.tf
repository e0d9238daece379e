variable "name" {
  description = "Name of the host."
  type        = string
  nullable    = false
}

variable "image" {
  description = "The image it starts from: an id, or the SSM parameter that names one. Without either it is the newest Amazon Linux 2023 at the time the host is made."
  type = object({
    id        = optional(string)
    parameter = optional(string, "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64")
  })
  default  = {}
  nullable = false
}

variable "instance_type" {
  description = "Type of the host, such as t3.medium."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9-]+\\.[a-z0-9-]+$", var.instance_type))
    error_message = "instance_type must look like \"t3.medium\"."
  }
}

variable "subnet_id" {
  description = "Id of the subnet."
  type        = string
  nullable    = false
}

variable "security_group_ids" {
  description = "Ids of its security groups."
  type        = list(string)
  nullable    = false
}

variable "instance_profile" {
  description = "Name of the instance profile: what its programs may do in AWS, without stored keys."
  type        = string
  default     = null
}

variable "public_ip" {
  description = "Give it a public address."
  type        = bool
  default     = false
  nullable    = false
}

variable "private_ip" {
  description = "Its address in the subnet; AWS chooses one, if left out."
  type        = string
  default     = null

  validation {
    condition     = var.private_ip == null ? true : can(cidrhost("${var.private_ip}/32", 0))
    error_message = "private_ip must be an address such as \"10.0.1.10\"."
  }
}

variable "user_data" {
  description = "Script or cloud-config that runs when the host starts for the first time. Everybody who may describe the host can read it: no secrets."
  type        = string
  default     = null

  validation {
    condition     = var.user_data == null ? true : length(var.user_data) <= 16384
    error_message = "user_data must be 16 KB at most."
  }
}

variable "script" {
  description = "The same from a file: a Bash script, with variables that are set before its first line. Instead of user_data; no secrets here either."
  type = object({
    file        = string
    environment = optional(map(string), {})
  })
  default = null

  validation {
    condition     = var.script == null ? true : alltrue([for name in keys(var.script.environment) : can(regex("^[A-Za-z_][A-Za-z0-9_]*$", name))])
    error_message = "A variable of the script is letters, digits and underscores, not beginning with a digit."
  }

  validation {
    condition     = var.script == null || var.user_data == null
    error_message = "Give either user_data or script, and not both."
  }
}

variable "user_data_replaces" {
  description = "Replace the host when user_data or script changes; otherwise it is stopped, and the new text never runs."
  type        = bool
  default     = true
  nullable    = false
}

variable "metadata_hops" {
  description = "How far the answer of the metadata service may travel: 1 is the host itself, 2 also containers on it."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.metadata_hops >= 1 && var.metadata_hops <= 64
    error_message = "metadata_hops must be 1 to 64."
  }
}

variable "root_volume" {
  description = "The root volume, always encrypted gp3: size in GiB, and a key of your own where wanted."
  type = object({
    size       = optional(number, 20)
    iops       = optional(number)
    throughput = optional(number)
    kms_key_id = optional(string)
  })
  default  = {}
  nullable = false
}

variable "dns" {
  description = "A name for it in a DNS zone."
  type = object({
    zone_id = string
    name    = string
    ttl     = optional(number, 60)
  })
  default = null
}

variable "detailed_monitoring" {
  description = "Metrics every minute instead of every five; they are paid for."
  type        = bool
  default     = false
  nullable    = false
}

variable "termination_protection" {
  description = "Refuse to terminate the host until this is off again."
  type        = bool
  default     = false
  nullable    = false
}

variable "tags" {
  description = "Tags of the host and its volume."
  type        = map(string)
  default     = {}
  nullable    = false
}
