variable "name" {
  description = "Name of the job; its role, triggers and crawler are named after it."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9_-]{1,64}$", var.name))
    error_message = "name must be 1 to 64 letters, digits, hyphens and underscores."
  }
}

variable "description" {
  description = "What the job is for."
  type        = string
  default     = null
}

variable "kind" {
  description = "What runs the script: glueetl (Spark) or pythonshell (one small Python process)."
  type        = string
  default     = "glueetl"
  nullable    = false

  validation {
    condition     = contains(["glueetl", "pythonshell"], var.kind)
    error_message = "kind must be glueetl or pythonshell."
  }
}

variable "script" {
  description = "Path of the Python script. It is uploaded again when its content changes."
  type        = string
  nullable    = false

  validation {
    condition     = endswith(var.script, ".py") && try(fileexists(var.script), false)
    error_message = "script must be a Python file (.py) that exists."
  }
}

variable "script_bucket" {
  description = "Name of the bucket that the script is uploaded to."
  type        = string
  nullable    = false
}

variable "script_key" {
  description = "Key of the script in its bucket; scripts/<job>/<file> without it."
  type        = string
  default     = null
}

variable "glue_version" {
  description = "Version of Glue: 5.0 for glueetl and 3.0 for pythonshell without it."
  type        = string
  default     = null

  validation {
    condition     = var.glue_version == null ? true : can(regex("^[0-9]+\\.[0-9]+$", var.glue_version))
    error_message = "glue_version looks like 5.0, in quotes."
  }
}

variable "workers" {
  description = "Workers of a glueetl job; two of type G.1X without it."
  type = object({
    type  = optional(string, "G.1X")
    count = optional(number, 2)
  })
  default = null

  validation {
    condition     = var.workers == null ? true : can(regex("^[GRZ]\\.[0-9]+X$", var.workers.type)) && var.workers.count >= 2
    error_message = "A glueetl job has at least 2 workers, of a type such as G.1X."
  }
}

variable "max_capacity" {
  description = "Capacity of a pythonshell job: 0.0625 or 1; 0.0625 without it."
  type        = number
  default     = null

  validation {
    condition     = var.max_capacity == null ? true : contains([0.0625, 1], var.max_capacity)
    error_message = "max_capacity must be 0.0625 or 1."
  }
}

variable "execution_class" {
  description = "STANDARD, or FLEX for glueetl jobs that may wait for spare capacity; STANDARD for a glueetl job without it. A pythonshell job has none."
  type        = string
  default     = null

  validation {
    condition     = var.execution_class == null ? true : contains(["STANDARD", "FLEX"], var.execution_class)
    error_message = "execution_class must be STANDARD or FLEX."
  }
}

variable "default_arguments" {
  description = "Arguments of every run, such as { \"--bucket\" = \"...\" }. They can be read by whoever may read the job: secrets belong in Secrets Manager."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for key in keys(var.default_arguments) : startswith(key, "--")])
    error_message = "Names of arguments must begin with \"--\": the script reads them so."
  }
}

variable "connections" {
  description = "Names of the Glue connections that the job uses."
  type        = list(string)
  default     = []
  nullable    = false
}

variable "timeout" {
  description = "After how many minutes a run is ended."
  type        = number
  default     = 60
  nullable    = false

  validation {
    condition     = var.timeout >= 1 && var.timeout <= 10080
    error_message = "timeout must be 1 to 10080 minutes (seven days)."
  }
}

variable "max_retries" {
  description = "How often a failed run is tried again."
  type        = number
  default     = 0
  nullable    = false

  validation {
    condition     = var.max_retries >= 0 && var.max_retries <= 10
    error_message = "max_retries must be 0 to 10."
  }
}

variable "max_concurrent_runs" {
  description = "How many runs there may be at once."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.max_concurrent_runs >= 1
    error_message = "max_concurrent_runs must be at least 1."
  }
}

variable "role" {
  description = "An existing role to run as. Without it the job gets a role of its own that may read its script, write logs and metrics, and what statements and managed_policy_arns allow."
  type = object({
    arn = string
  })
  default = null
}

variable "statements" {
  description = "What the job's own role may do besides reading its script and writing logs and metrics."
  type = list(object({
    sid       = optional(string)
    effect    = optional(string, "Allow")
    actions   = list(string)
    resources = list(string)
    conditions = optional(list(object({
      test     = string
      variable = string
      values   = list(string)
    })), [])
  }))
  default  = []
  nullable = false

  validation {
    condition     = alltrue([for statement in var.statements : contains(["Allow", "Deny"], statement.effect)])
    error_message = "effect must be \"Allow\" or \"Deny\"."
  }
}

variable "managed_policy_arns" {
  description = "Managed policies for the job's own role, by a name of your choice."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "schedule" {
  description = "When the job runs by the clock: a Glue trigger with cron(minute hour day month weekday year). Glue counts in UTC, and timezone must say so."
  type = object({
    expression = string
    timezone   = string
    enabled    = optional(bool, true)
  })
  default = null

  validation {
    condition     = var.schedule == null ? true : can(regex("^cron\\(\\S+( \\S+){5}\\)$", var.schedule.expression))
    error_message = "expression must be cron(...) with six fields: minute hour day month weekday year."
  }

  validation {
    condition     = var.schedule == null ? true : var.schedule.timezone == "UTC"
    error_message = "timezone must be UTC: Glue triggers know no other. Convert the hour, or start the job from a schedule that has a time zone."
  }
}

variable "after_jobs" {
  description = "Names of the jobs after whose success, all of them, this job runs: a conditional Glue trigger."
  type        = list(string)
  default     = []
  nullable    = false
}

variable "database" {
  description = "A catalog database to make for what the job writes."
  type = object({
    name        = string
    description = optional(string)
  })
  default = null

  validation {
    condition     = var.database == null ? true : can(regex("^[a-z0-9_]{1,255}$", var.database.name))
    error_message = "The name of the database must be 1 to 255 lower-case letters, digits and underscores."
  }
}

variable "crawler" {
  description = "A crawler that finds the tables in what the job writes, under the job's role. It fills database, or an existing one by name."
  type = object({
    s3_paths     = list(string)
    database     = optional(string)
    table_prefix = optional(string)
    schedule     = optional(string)
  })
  default = null

  validation {
    condition = var.crawler == null ? true : length(var.crawler.s3_paths) > 0 && alltrue([
      for path in var.crawler.s3_paths : startswith(path, "s3://")
    ])
    error_message = "A crawler needs at least one path, such as s3://bucket/prefix."
  }

  validation {
    condition     = try(var.crawler.schedule, null) == null ? true : can(regex("^cron\\(\\S+( \\S+){5}\\)$", var.crawler.schedule))
    error_message = "schedule of the crawler must be cron(...) with six fields, in UTC."
  }
}

variable "tags" {
  description = "Tags of everything that is made here and can have tags."
  type        = map(string)
  default     = {}
  nullable    = false
}
