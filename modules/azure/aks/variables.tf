variable "name" {
  description = "Name of the cluster; its identity and node group are named after it."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9]([A-Za-z0-9-]{0,52}[A-Za-z0-9])?$", var.name))
    error_message = "name must be 1 to 54 letters, digits and hyphens, and begin and end with a letter or digit."
  }
}

variable "resource_group_name" {
  description = "Resource group that everything is made in."
  type        = string
  nullable    = false
}

variable "location" {
  description = "Region, such as westeurope."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9]+$", var.location))
    error_message = "location must be the short name of a region, in small letters without spaces, such as westeurope."
  }
}

variable "kubernetes_version" {
  description = "Version of Kubernetes, such as 1.32; without it Azure takes its default when the cluster is made."
  type        = string
  default     = null

  validation {
    condition     = var.kubernetes_version == null ? true : can(regex("^1\\.[0-9]+(\\.[0-9]+)?$", var.kubernetes_version))
    error_message = "kubernetes_version must be like 1.32 or 1.32.4."
  }
}

variable "sku_tier" {
  description = "Free, Standard (with an agreed availability of the API) or Premium."
  type        = string
  default     = "Standard"
  nullable    = false

  validation {
    condition     = contains(["Free", "Standard", "Premium"], var.sku_tier)
    error_message = "sku_tier must be Free, Standard or Premium."
  }
}

variable "subnet_id" {
  description = "Subnet of the nodes."
  type        = string
  nullable    = false
}

variable "identity" {
  description = "An existing user-assigned identity for the cluster, which needs the role Network Contributor on the subnet. Without it one is made and given that role."
  type        = object({ id = string })
  default     = null
}

variable "system_pool" {
  description = "Nodes for Kubernetes itself."
  type = object({
    vm_size   = optional(string, "Standard_D4s_v5")
    min_count = optional(number, 1)
    max_count = optional(number, 3)
    zones     = optional(set(string))
  })
  default  = {}
  nullable = false

  validation {
    condition     = var.system_pool.min_count >= 1 && var.system_pool.max_count >= var.system_pool.min_count
    error_message = "min_count must be at least 1, and max_count not below it."
  }
}

variable "pools" {
  description = "Pools of nodes for workloads, by name. Taints are written as KEY=VALUE:EFFECT."
  type = map(object({
    vm_size   = optional(string, "Standard_E8s_v5")
    min_count = optional(number, 0)
    max_count = optional(number, 5)
    zones     = optional(set(string))
    spot      = optional(bool, false)
    labels    = optional(map(string), {})
    taints    = optional(list(string), [])
  }))
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for name in keys(var.pools) : can(regex("^[a-z][a-z0-9]{0,11}$", name)) && name != "system"])
    error_message = "The name of a pool must be 1 to 12 small letters and digits, begin with a letter, and not be system."
  }

  validation {
    condition     = alltrue([for pool in values(var.pools) : pool.max_count >= pool.min_count])
    error_message = "max_count of a pool cannot be below its min_count."
  }

  validation {
    condition = alltrue(flatten([
      for pool in values(var.pools) : [for taint in pool.taints : can(regex("^[^=:]+=[^=:]*:(NoSchedule|PreferNoSchedule|NoExecute)$", taint))]
    ]))
    error_message = "A taint is KEY=VALUE:NoSchedule, KEY=VALUE:PreferNoSchedule or KEY=VALUE:NoExecute."
  }
}

variable "pod_cidr" {
  description = "Addresses of pods, in an overlay beside the network."
  type        = string
  default     = "10.244.0.0/16"
  nullable    = false
}

variable "service_cidr" {
  description = "Addresses of services; it must not overlap with the network."
  type        = string
  default     = "172.16.0.0/16"
  nullable    = false

  validation {
    condition     = can(cidrhost(var.service_cidr, 10))
    error_message = "service_cidr must be a range in CIDR notation."
  }
}

variable "private_cluster" {
  description = "Whether the API of Kubernetes answers inside of the network only."
  type        = bool
  default     = false
  nullable    = false
}

variable "authorized_ip_ranges" {
  description = "Who may reach the API of Kubernetes, where the cluster is not private; everybody if empty."
  type        = set(string)
  default     = []
  nullable    = false
}

variable "admin_group_object_ids" {
  description = "Entra groups that administer the cluster. Everything else is by Azure roles."
  type        = list(string)
  default     = []
  nullable    = false
}

variable "access" {
  description = "Who has which Azure role on the cluster, by a name of your choice, such as Azure Kubernetes Service RBAC Cluster Admin for what deploys to it."
  type = map(object({
    principal_id = string
    role         = string
  }))
  default  = {}
  nullable = false
}

variable "registries" {
  description = "Registries that the nodes may pull images from, by a name of your choice."
  type        = map(object({ id = string }))
  default     = {}
  nullable    = false
}

variable "monitoring" {
  description = "Workspace that logs of the cluster go to."
  type        = object({ workspace_id = string })
  default     = null
}

variable "tags" {
  description = "Tags of everything that is made here and can have tags."
  type        = map(string)
  default     = {}
  nullable    = false
}
