variable "name" {
  description = "Name of the topic."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9_-]{1,256}$", var.name))
    error_message = "name must be 1 to 256 letters, digits, underscores and hyphens."
  }
}

variable "display_name" {
  description = "Name that mails of the topic come from."
  type        = string
  default     = null
}

variable "emails" {
  description = "Addresses that get a mail of every message. AWS asks each to confirm: until then it gets none."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for email in var.emails : can(regex("^[^@ ]+@[^@ ]+\\.[^@ ]+$", email))])
    error_message = "Every address must look like name@example.com."
  }
}

variable "publishers" {
  description = "AWS services that may publish, by their principals."
  type        = list(string)
  default     = ["cloudwatch.amazonaws.com"]
  nullable    = false

  validation {
    condition     = alltrue([for service in var.publishers : can(regex("^[a-z0-9.-]+\\.amazonaws\\.com(\\.cn)?$", service))])
    error_message = "A service principal looks like cloudwatch.amazonaws.com."
  }
}

variable "kms_key_id" {
  description = "Key that messages are encrypted with. CloudWatch can publish only with a key of your own that allows it."
  type        = string
  default     = null
}

variable "tags" {
  description = "Tags of the topic."
  type        = map(string)
  default     = {}
  nullable    = false
}
