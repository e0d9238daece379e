resource "kubernetes_ingress_v1" "this" {
  metadata {
    name      = var.name
    namespace = var.namespace
    annotations = merge(
      var.tls.cluster_issuer == null ? {} : { "cert-manager.io/cluster-issuer" = var.tls.cluster_issuer },
      var.annotations,
    )
  }

  spec {
    ingress_class_name = var.class

    tls {
      hosts       = [var.host]
      secret_name = var.tls.secret_name
    }

    rule {
      host = var.host

      http {
        path {
          path      = var.path
          path_type = "Prefix"

          backend {
            service {
              name = var.service.name

              port {
                number = var.service.port
              }
            }
          }
        }
      }
    }
  }
}
