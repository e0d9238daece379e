locals {
  repository = regex("^(.+):[^:]+$", var.image)[0]
  tag        = regex(":([^:]+)$", var.image)[0]

  datasources = var.trino == null ? null : yamlencode({
    databases = [{
      database_name    = "trino"
      sqlalchemy_uri   = "trino://${var.trino.user}@${var.trino.host}:${var.trino.port}/${var.trino.catalog}"
      expose_in_sqllab = true
    }]
  })

  values = merge(
    {
      image        = { repository = local.repository, tag = local.tag }
      runAsUser    = 1000
      postgresql   = { enabled = false }
      redis        = { enabled = true }
      ingress      = { enabled = false }
      supersetNode = { replicaCount = var.replicas, connections = local.connections }
      init         = { createAdmin = true, adminUser = { username = var.administrator.name, firstname = var.administrator.name, lastname = "administrator", email = var.administrator.email } }
      configOverrides = {
        platform = join("\n", [
          "import os",
          "SECRET_KEY = os.environ['SUPERSET_SECRET_KEY']",
          "TALISMAN_ENABLED = True",
          "ENABLE_PROXY_FIX = True",
          "",
        ])
      }
    },
    local.datasources == null ? {} : { extraConfigs = { "import_datasources.yaml" = local.datasources } },
  )

  connections = {
    db_host = var.database.host
    db_port = tostring(var.database.port)
    db_name = var.database.name
    db_user = var.database.user
  }
}

resource "helm_release" "this" {
  name       = var.name
  namespace  = var.namespace
  repository = var.chart.repository
  chart      = "superset"
  version    = var.chart.version
  timeout    = var.timeout_seconds
  atomic     = true

  # Helm lays the later ones over the earlier ones.
  values = [yamlencode(local.values), yamlencode(var.values)]

  set_sensitive = [
    { name = "supersetNode.connections.db_pass", value = var.passwords.database },
    { name = "extraSecretEnv.SUPERSET_SECRET_KEY", value = var.passwords.secret_key },
    { name = "init.adminUser.password", value = var.passwords.administrator },
  ]
}
