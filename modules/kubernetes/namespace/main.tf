resource "kubernetes_namespace_v1" "this" {
  metadata {
    name = var.name
    labels = merge(var.labels, {
      "pod-security.kubernetes.io/enforce" = var.pod_security
      "pod-security.kubernetes.io/warn"    = "restricted"
    })
  }
}

resource "kubernetes_resource_quota_v1" "this" {
  count = var.quota == null ? 0 : 1

  metadata {
    name      = "quota"
    namespace = kubernetes_namespace_v1.this.metadata[0].name
  }

  spec {
    hard = var.quota
  }
}

resource "kubernetes_limit_range_v1" "this" {
  count = var.limits == null ? 0 : 1

  metadata {
    name      = "limits"
    namespace = kubernetes_namespace_v1.this.metadata[0].name
  }

  spec {
    limit {
      type            = "Container"
      default_request = var.limits.request
      default         = var.limits.limit
    }
  }
}

# Policies add up: this one shuts everything, the others open what is named.
resource "kubernetes_network_policy_v1" "deny" {
  metadata {
    name      = "default-deny"
    namespace = kubernetes_namespace_v1.this.metadata[0].name
  }

  spec {
    pod_selector {}
    policy_types = ["Ingress", "Egress"]
  }
}

resource "kubernetes_network_policy_v1" "inside" {
  metadata {
    name      = "inside"
    namespace = kubernetes_namespace_v1.this.metadata[0].name
  }

  spec {
    pod_selector {}
    policy_types = ["Ingress", "Egress"]

    ingress {
      from {
        pod_selector {}
      }
    }

    egress {
      to {
        pod_selector {}
      }
    }

    egress {
      to {
        namespace_selector {
          match_labels = { "kubernetes.io/metadata.name" = "kube-system" }
        }
      }

      ports {
        port     = "53"
        protocol = "UDP"
      }

      ports {
        port     = "53"
        protocol = "TCP"
      }
    }
  }
}

resource "kubernetes_network_policy_v1" "ingress" {
  for_each = var.ingress_from

  metadata {
    name      = "from-${each.key}"
    namespace = kubernetes_namespace_v1.this.metadata[0].name
  }

  spec {
    pod_selector {}
    policy_types = ["Ingress"]

    ingress {
      from {
        namespace_selector {
          match_labels = each.value.namespace_labels
        }
      }

      dynamic "ports" {
        for_each = each.value.ports

        content {
          port     = ports.value
          protocol = "TCP"
        }
      }
    }
  }
}

resource "kubernetes_network_policy_v1" "egress" {
  for_each = var.egress_to

  metadata {
    name      = "to-${each.key}"
    namespace = kubernetes_namespace_v1.this.metadata[0].name
  }

  spec {
    pod_selector {}
    policy_types = ["Egress"]

    egress {
      to {
        dynamic "ip_block" {
          for_each = each.value.cidr == null ? [] : [each.value.cidr]

          content {
            cidr = ip_block.value
          }
        }

        dynamic "namespace_selector" {
          for_each = each.value.namespace_labels == null ? [] : [each.value.namespace_labels]

          content {
            match_labels = namespace_selector.value
          }
        }
      }

      dynamic "ports" {
        for_each = each.value.ports

        content {
          port     = ports.value
          protocol = "TCP"
        }
      }
    }
  }
}

resource "kubernetes_service_account_v1" "this" {
  for_each = var.service_accounts

  metadata {
    name        = each.key
    namespace   = kubernetes_namespace_v1.this.metadata[0].name
    annotations = each.value.identity == null ? {} : { "azure.workload.identity/client-id" = each.value.identity.client_id }
  }
}
