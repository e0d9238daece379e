variable "name" {
  description = "Name of the secret; it may hold slashes."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9/_+=.@-]{1,512}$", var.name))
    error_message = "name must be 1 to 512 letters, digits and characters of /_+=.@-"
  }
}

variable "description" {
  description = "What the secret opens."
  type        = string
  default     = null
}

variable "fields" {
  description = "Parts of the value that may be seen, such as a host. The value is a JSON object of these and secret_fields."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "secret_fields" {
  description = "Parts of the value that nobody may see, such as a password."
  type        = map(string)
  default     = {}
  nullable    = false
  sensitive   = true
}

variable "value_version" {
  description = "Raise it to write the value again: what is not kept in the state cannot be compared."
  type        = number
  default     = 1
  nullable    = false
}

variable "kms_key_id" {
  description = "Key that the secret is encrypted with, instead of AWS's own."
  type        = string
  default     = null
}

variable "recovery_window_in_days" {
  description = "For how many days a deleted secret can be restored; 0 deletes it at once."
  type        = number
  default     = 30
  nullable    = false

  validation {
    condition     = var.recovery_window_in_days == 0 || (var.recovery_window_in_days >= 7 && var.recovery_window_in_days <= 30)
    error_message = "recovery_window_in_days must be 0, or 7 to 30."
  }
}

variable "tags" {
  description = "Tags of the secret."
  type        = map(string)
  default     = {}
  nullable    = false
}
