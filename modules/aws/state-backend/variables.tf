variable "bucket" {
  description = "Name of the state bucket, unique in all of AWS."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", var.bucket)) && !can(regex("\\.\\.|^xn--|-s3alias$", var.bucket))
    error_message = "bucket must be 3 to 63 lower-case letters, digits, hyphens and dots, and begin and end with a letter or digit."
  }
}

variable "encryption" {
  description = "Encrypt states with this KMS key instead of the keys of S3 (AES256). bucket_key lowers the number of calls to KMS."
  type = object({
    kms_key_arn = string
    bucket_key  = optional(bool, true)
  })
  default = null
}

variable "tls_only" {
  description = "Deny every request to the bucket and its objects that does not come over TLS."
  type        = bool
  default     = true
  nullable    = false
}

variable "keep_versions" {
  description = "For how many days an earlier version of a state is kept after it was replaced, and how many of the newest stay however old they are. Without it all versions are kept for ever."
  type = object({
    days   = number
    newest = optional(number)
  })
  default = null

  validation {
    condition = var.keep_versions == null ? true : (
      var.keep_versions.days >= 1 && (var.keep_versions.newest == null ? true : var.keep_versions.newest >= 1 && var.keep_versions.newest <= 100)
    )
    error_message = "keep_versions needs at least 1 day, and 1 to 100 newest versions."
  }
}

variable "lock_table" {
  description = "A DynamoDB table for state locks, for backends that do not lock in the bucket itself with use_lockfile."
  type = object({
    name = string
  })
  default = null

  validation {
    condition     = var.lock_table == null ? true : can(regex("^[A-Za-z0-9_.-]{3,255}$", var.lock_table.name))
    error_message = "The name of the lock table must be 3 to 255 letters, digits, underscores, hyphens and dots."
  }
}

variable "force_destroy" {
  description = "Let a destroy delete every state, with all of its versions. They cannot be recovered."
  type        = bool
  default     = false
  nullable    = false
}

variable "tags" {
  description = "Tags of the bucket and the lock table."
  type        = map(string)
  default     = {}
  nullable    = false
}
