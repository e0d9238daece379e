variable "name" {
  description = "Name of the alarm, unique in the account and region."
  type        = string
  nullable    = false

  validation {
    condition     = length(var.name) >= 1 && length(var.name) <= 255
    error_message = "name must be 1 to 255 characters."
  }
}

variable "description" {
  description = "What a person should do when it goes off; it stands in the mail."
  type        = string
  default     = null
}

variable "metric" {
  description = "The metric that is looked at."
  type = object({
    namespace  = string
    name       = string
    dimensions = optional(map(string), {})
  })
  nullable = false
}

variable "statistic" {
  description = "How the values within one period become one."
  type        = string
  default     = "Average"
  nullable    = false

  validation {
    condition     = contains(["Average", "Maximum", "Minimum", "SampleCount", "Sum"], var.statistic)
    error_message = "statistic must be \"Average\", \"Maximum\", \"Minimum\", \"SampleCount\" or \"Sum\"."
  }
}

variable "comparison" {
  description = "How a value compares with the threshold when it is bad: >, >=, < or <=."
  type        = string
  default     = ">"
  nullable    = false

  validation {
    condition     = contains([">", ">=", "<", "<="], var.comparison)
    error_message = "comparison must be \">\", \">=\", \"<\" or \"<=\"."
  }
}

variable "threshold" {
  description = "The value that is compared with."
  type        = number
  nullable    = false
}

variable "period" {
  description = "Seconds that one value stands for."
  type        = number
  default     = 60
  nullable    = false

  validation {
    condition     = contains([10, 20, 30], var.period) || (var.period > 0 && var.period % 60 == 0)
    error_message = "period must be 10, 20, 30 or a multiple of 60 seconds."
  }
}

variable "periods" {
  description = "How many periods are looked at."
  type        = number
  default     = 2
  nullable    = false

  validation {
    condition     = var.periods >= 1 && floor(var.periods) == var.periods
    error_message = "periods must be a whole number, 1 or more."
  }
}

variable "datapoints" {
  description = "How many of them must be bad; all, if left out."
  type        = number
  default     = null

  validation {
    condition     = var.datapoints == null ? true : var.datapoints >= 1 && var.datapoints <= var.periods
    error_message = "datapoints must be between 1 and periods."
  }
}

variable "missing_data" {
  description = "What a period without values counts as: breaching, notBreaching, ignore (the state stays) or missing."
  type        = string
  default     = "missing"
  nullable    = false

  validation {
    condition     = contains(["breaching", "notBreaching", "ignore", "missing"], var.missing_data)
    error_message = "missing_data must be \"breaching\", \"notBreaching\", \"ignore\" or \"missing\"."
  }
}

variable "topic_arns" {
  description = "Topics that are told when it goes off."
  type        = list(string)
  default     = []
  nullable    = false
}

variable "tell_when_over" {
  description = "Tell the topics also when it is over."
  type        = bool
  default     = true
  nullable    = false
}

variable "tags" {
  description = "Tags of the alarm."
  type        = map(string)
  default     = {}
  nullable    = false
}
