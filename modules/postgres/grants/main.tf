locals {
  tables    = { for name, schema in var.schemas : name => schema if length(schema.tables) > 0 }
  sequences = { for name, schema in var.schemas : name => schema if length(schema.sequences) > 0 }
}

resource "postgresql_grant" "database" {
  database    = var.database
  role        = var.role
  object_type = "database"
  privileges  = var.database_privileges
}

resource "postgresql_grant" "schema" {
  for_each = var.schemas

  database    = var.database
  role        = var.role
  schema      = each.key
  object_type = "schema"
  privileges  = each.value.privileges

  # Grants of one object at a time: PostgreSQL refuses two changes of one list of rights.
  depends_on = [postgresql_grant.database]
}

resource "postgresql_grant" "tables" {
  for_each = local.tables

  database    = var.database
  role        = var.role
  schema      = each.key
  object_type = "table"
  privileges  = each.value.tables

  depends_on = [postgresql_grant.schema]
}

resource "postgresql_grant" "sequences" {
  for_each = local.sequences

  database    = var.database
  role        = var.role
  schema      = each.key
  object_type = "sequence"
  privileges  = each.value.sequences

  depends_on = [postgresql_grant.schema]
}

resource "postgresql_default_privileges" "tables" {
  for_each = { for name, schema in local.tables : name => schema if schema.future != null }

  database    = var.database
  role        = var.role
  schema      = each.key
  owner       = each.value.future.owner
  object_type = "table"
  privileges  = each.value.tables
}

resource "postgresql_default_privileges" "sequences" {
  for_each = { for name, schema in local.sequences : name => schema if schema.future != null }

  database    = var.database
  role        = var.role
  schema      = each.key
  owner       = each.value.future.owner
  object_type = "sequence"
  privileges  = each.value.sequences
}
