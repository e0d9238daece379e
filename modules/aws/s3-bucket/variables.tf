variable "bucket" {
  description = "Name of the bucket, unique in all of AWS."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", var.bucket)) && !can(regex("\\.\\.|^xn--|-s3alias$", var.bucket))
    error_message = "bucket must be 3 to 63 lower-case letters, digits, hyphens and dots, and begin and end with a letter or digit."
  }
}

variable "versioning" {
  description = "Keep earlier versions of objects. Turning it off later suspends versioning: versions that exist stay."
  type        = bool
  default     = false
  nullable    = false
}

variable "encryption" {
  description = "Encrypt with this KMS key instead of the keys of S3 (AES256). bucket_key lowers the number of calls to KMS."
  type = object({
    kms_key_arn = string
    bucket_key  = optional(bool, true)
  })
  default = null
}

variable "public_access_block" {
  description = "Which ways to make the bucket public are shut: all of them, unless said otherwise."
  type = object({
    block_public_acls       = optional(bool, true)
    block_public_policy     = optional(bool, true)
    ignore_public_acls      = optional(bool, true)
    restrict_public_buckets = optional(bool, true)
  })
  default  = {}
  nullable = false
}

variable "tls_only" {
  description = "Deny every request to the bucket and its objects that does not come over TLS."
  type        = bool
  default     = true
  nullable    = false
}

variable "policy_statements" {
  description = "Further statements of the bucket policy. paths are suffixes to the ARN of the bucket: \"\" is the bucket itself, \"/*\" all of its objects."
  type = list(object({
    sid        = optional(string)
    effect     = optional(string, "Allow")
    principals = map(list(string))
    actions    = list(string)
    paths      = optional(list(string), ["", "/*"])
    conditions = optional(list(object({
      test     = string
      variable = string
      values   = list(string)
    })), [])
  }))
  default  = []
  nullable = false

  validation {
    condition     = alltrue([for statement in var.policy_statements : contains(["Allow", "Deny"], statement.effect)])
    error_message = "effect must be \"Allow\" or \"Deny\"."
  }

  validation {
    condition = alltrue([
      for statement in var.policy_statements : length(statement.principals) > 0 && alltrue([
        for kind in keys(statement.principals) : contains(["AWS", "Service", "Federated", "CanonicalUser"], kind)
      ])
    ])
    error_message = "principals must name at least one of AWS, Service, Federated and CanonicalUser; everyone is { AWS = [\"*\"] }."
  }

  validation {
    condition = alltrue(flatten([
      for statement in var.policy_statements : [for path in statement.paths : path == "" || startswith(path, "/")]
    ]))
    error_message = "paths must be \"\" (the bucket itself) or begin with \"/\" (objects)."
  }
}

variable "lifecycle_rules" {
  description = "When objects move to a cheaper storage class or are deleted, by age in days. Without a prefix a rule holds for all objects."
  type = list(object({
    id                                 = string
    enabled                            = optional(bool, true)
    prefix                             = optional(string, "")
    expiration_days                    = optional(number)
    noncurrent_version_expiration_days = optional(number)
    abort_incomplete_upload_days       = optional(number)
    transitions = optional(list(object({
      days          = number
      storage_class = string
    })), [])
  }))
  default  = []
  nullable = false

  validation {
    condition     = length(distinct(var.lifecycle_rules[*].id)) == length(var.lifecycle_rules)
    error_message = "Every lifecycle rule needs an id of its own."
  }

  validation {
    condition = alltrue([
      for rule in var.lifecycle_rules : length(rule.transitions) > 0 || rule.expiration_days != null ||
      rule.noncurrent_version_expiration_days != null || rule.abort_incomplete_upload_days != null
    ])
    error_message = "A lifecycle rule must do something: give expiration_days, noncurrent_version_expiration_days, abort_incomplete_upload_days or transitions."
  }
}

variable "notifications" {
  description = "Who hears of events in the bucket: EventBridge, and functions, queues and topics by a name of your choice. The right to invoke a function is given here; queues and topics need a policy of their own."
  type = object({
    eventbridge = optional(bool, false)
    functions = optional(map(object({
      arn    = string
      events = optional(list(string), ["s3:ObjectCreated:*"])
      prefix = optional(string)
      suffix = optional(string)
    })), {})
    queues = optional(map(object({
      arn    = string
      events = optional(list(string), ["s3:ObjectCreated:*"])
      prefix = optional(string)
      suffix = optional(string)
    })), {})
    topics = optional(map(object({
      arn    = string
      events = optional(list(string), ["s3:ObjectCreated:*"])
      prefix = optional(string)
      suffix = optional(string)
    })), {})
  })
  default = null
}

variable "objects" {
  description = "Objects to upload, by key: source is the path of a local file, content a text. An object is uploaded again when its content changes."
  type = map(object({
    source       = optional(string)
    content      = optional(string)
    content_type = optional(string)
  }))
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for object in values(var.objects) : (object.source == null) != (object.content == null)])
    error_message = "Every object needs either source or content, and not both."
  }

  validation {
    condition     = alltrue([for object in values(var.objects) : object.source == null || try(fileexists(object.source), false)])
    error_message = "Every source of an object must be a file that exists."
  }
}

variable "force_destroy" {
  description = "Let a destroy delete the objects that are still in the bucket. They cannot be recovered."
  type        = bool
  default     = false
  nullable    = false
}

variable "tags" {
  description = "Tags of the bucket and its objects."
  type        = map(string)
  default     = {}
  nullable    = false
}
