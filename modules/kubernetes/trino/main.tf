locals {
  catalogs = {
    for customer, uri in var.metastores : customer => join("", [
      for name, value in merge({ "connector.name" = "hive", "hive.metastore.uri" = uri }, var.catalog_properties) : "${name}=${value}\n"
    ])
  }

  # The first rule that fits counts; a catalog that no rule allows cannot be seen.
  rules = {
    catalogs = concat(
      var.administrators == null ? [] : [{ user = var.administrators, catalog = ".*", allow = "all" }],
      [for customer in sort(keys(var.metastores)) : { user = "${customer}(-.+)?", catalog = customer, allow = "all" }],
      [{ user = ".*", catalog = "system", allow = "read-only" }],
    )
  }

  values = merge(
    {
      server   = { workers = var.workers }
      catalogs = local.catalogs
      accessControl = {
        type       = "configmap"
        configFile = "rules.json"
        rules      = { "rules.json" = jsonencode(local.rules) }
      }
    },
    var.image == null ? {} : { image = var.image },
    var.service_account == null ? {} : { serviceAccount = { create = false, name = var.service_account } },
  )
}

resource "helm_release" "this" {
  name       = var.name
  namespace  = var.namespace
  repository = var.chart.repository
  chart      = "trino"
  version    = var.chart.version
  timeout    = var.timeout_seconds
  atomic     = true

  # Helm lays the later ones over the earlier ones.
  values = [yamlencode(local.values), yamlencode(var.values)]
}
