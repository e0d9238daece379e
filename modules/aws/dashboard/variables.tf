variable "name" {
  description = "Name of the dashboard."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9_-]{1,255}$", var.name))
    error_message = "name must be 1 to 255 letters, digits, underscores and hyphens."
  }
}

variable "graphs" {
  description = "The graphs, from left to right and top to bottom: each with its title and the metrics that it shows."
  type = list(object({
    title     = string
    statistic = optional(string, "Average")
    period    = optional(number, 300)
    metrics = list(object({
      namespace  = string
      name       = string
      dimensions = optional(map(string), {})
    }))
  }))
  nullable = false

  validation {
    condition     = length(var.graphs) > 0 && alltrue([for graph in var.graphs : length(graph.metrics) > 0])
    error_message = "A dashboard needs a graph, and a graph a metric."
  }
}

variable "width" {
  description = "Width of a graph; a row is 24 wide."
  type        = number
  default     = 12
  nullable    = false

  validation {
    condition     = contains([6, 8, 12, 24], var.width)
    error_message = "width must be 6, 8, 12 or 24."
  }
}
