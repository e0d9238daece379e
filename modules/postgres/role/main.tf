locals {
  # A null password decides what the role is; that alone is no secret.
  login = nonsensitive(var.password != null)
}

resource "postgresql_role" "this" {
  name                      = var.name
  login                     = local.login
  password                  = var.password
  superuser                 = false
  create_database           = false
  create_role               = false
  replication               = false
  bypass_row_level_security = false
  roles                     = var.member_of
  connection_limit          = var.connection_limit
  statement_timeout         = var.statement_timeout_seconds * 1000
  search_path               = var.search_path
}
