resource "postgresql_database" "this" {
  name              = var.name
  owner             = var.owner
  encoding          = var.encoding
  lc_collate        = var.collation
  lc_ctype          = var.collation
  template          = "template0"
  connection_limit  = var.connection_limit
  allow_connections = true
}

# PostgreSQL lets every role connect to every new database, and make temporary tables there.
resource "postgresql_grant" "public_database" {
  database    = postgresql_database.this.name
  role        = "public"
  object_type = "database"
  privileges  = []
}

# Before PostgreSQL 15 every role might also make tables in the schema public.
resource "postgresql_grant" "public_schema" {
  database    = postgresql_database.this.name
  role        = "public"
  schema      = "public"
  object_type = "schema"
  privileges  = []

  # Two grants of one database at a time disturb each other.
  depends_on = [postgresql_grant.public_database]
}

resource "postgresql_extension" "this" {
  for_each = var.extensions

  name     = each.key
  database = postgresql_database.this.name
}
