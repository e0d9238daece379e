variable "name" {
  description = "Name of the ingress."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", var.name))
    error_message = "name must be 1 to 63 small letters, digits and hyphens, and begin and end with a letter or digit."
  }
}

variable "namespace" {
  description = "Namespace of the ingress and its service."
  type        = string
  nullable    = false
}

variable "host" {
  description = "Host name that is answered, such as acme.data.example.com."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]{2,}$", var.host))
    error_message = "host must be a full host name in small letters, without scheme and path."
  }
}

variable "service" {
  description = "Service that requests go to."
  type = object({
    name = string
    port = number
  })
  nullable = false
}

variable "path" {
  description = "Path below which requests go to the service."
  type        = string
  default     = "/"
  nullable    = false

  validation {
    condition     = startswith(var.path, "/")
    error_message = "path must begin with /."
  }
}

variable "class" {
  description = "Ingress controller that serves it."
  type        = string
  default     = "nginx"
  nullable    = false
}

variable "tls" {
  description = "Where the certificate comes from: a secret that exists, or one that cert-manager's cluster issuer fills. Plain HTTP is not offered."
  type = object({
    secret_name    = string
    cluster_issuer = optional(string)
  })
  nullable = false
}

variable "annotations" {
  description = "Annotations for the controller."
  type        = map(string)
  default     = {}
  nullable    = false
}
