variable "schedule" {
  type = object({
    expression = string
    timezone   = optional(string)
  })
}
