locals {
  labels = { "app.kubernetes.io/name" = "hive-metastore", "app.kubernetes.io/instance" = var.name }

  site = merge(var.properties, {
    "metastore.thrift.port"               = tostring(var.port)
    "metastore.warehouse.dir"             = var.warehouse
    "metastore.warehouse.external.dir"    = var.warehouse
    "javax.jdo.option.ConnectionURL"      = "jdbc:postgresql://${var.database.host}:${var.database.port}/${var.database.name}?${var.database.options}"
    "javax.jdo.option.ConnectionUserName" = var.database.user
    # Hadoop reads it from the environment of the container.
    "javax.jdo.option.ConnectionPassword" = "$${env.METASTORE_DB_PASSWORD}"
  }, var.configuration)

  files = { for file, properties in { "metastore-site.xml" = local.site, "core-site.xml" = var.core_configuration } : file => join("\n", concat(
    ["<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "<configuration>"],
    [for name, value in properties : "  <property><name>${name}</name><value>${replace(replace(replace(value, "&", "&amp;"), "<", "&lt;"), ">", "&gt;")}</value></property>"],
    ["</configuration>", ""],
  )) }

  secret = var.password_secret == null ? { name = kubernetes_secret_v1.this[0].metadata[0].name, key = "password" } : var.password_secret
}

resource "kubernetes_secret_v1" "this" {
  count = var.password_secret == null ? 1 : 0

  metadata {
    name      = "${var.name}-database"
    namespace = var.namespace
    labels    = local.labels
  }

  data = { password = var.password }
}

resource "kubernetes_config_map_v1" "this" {
  metadata {
    name      = var.name
    namespace = var.namespace
    labels    = local.labels
  }

  data = local.files
}

resource "kubernetes_deployment_v1" "this" {
  metadata {
    name      = var.name
    namespace = var.namespace
    labels    = local.labels
  }

  spec {
    replicas = tostring(var.replicas)

    selector {
      match_labels = local.labels
    }

    template {
      metadata {
        labels = merge(local.labels, { "azure.workload.identity/use" = "true" })
        # Pods read their configuration when they start.
        annotations = { "checksum/configuration" = sha256(jsonencode(local.files)) }
      }

      spec {
        service_account_name = var.service_account

        security_context {
          run_as_non_root = true
          run_as_user     = "1000"
          fs_group        = "1000"
        }

        container {
          name  = "metastore"
          image = var.image

          port {
            name           = "thrift"
            container_port = var.port
          }

          env {
            name = "METASTORE_DB_PASSWORD"

            value_from {
              secret_key_ref {
                name = local.secret.name
                key  = local.secret.key
              }
            }
          }

          volume_mount {
            name       = "configuration"
            mount_path = "/etc/hive"
            read_only  = true
          }

          resources {
            requests = { cpu = var.resources.cpu, memory = var.resources.memory }
            limits   = { memory = var.resources.memory_limit }
          }

          security_context {
            allow_privilege_escalation = false

            capabilities {
              drop = ["ALL"]
            }
          }

          # The first start makes the tables of the catalog, which takes its time.
          startup_probe {
            period_seconds    = 5
            failure_threshold = 60

            tcp_socket {
              port = "thrift"
            }
          }

          readiness_probe {
            period_seconds = 10

            tcp_socket {
              port = "thrift"
            }
          }

          liveness_probe {
            period_seconds    = 20
            failure_threshold = 3

            tcp_socket {
              port = "thrift"
            }
          }
        }

        volume {
          name = "configuration"

          config_map {
            name = kubernetes_config_map_v1.this.metadata[0].name
          }
        }
      }
    }
  }
}

resource "kubernetes_service_v1" "this" {
  metadata {
    name      = var.name
    namespace = var.namespace
    labels    = local.labels
  }

  spec {
    selector = local.labels

    port {
      name        = "thrift"
      port        = var.port
      target_port = "thrift"
    }
  }
}
