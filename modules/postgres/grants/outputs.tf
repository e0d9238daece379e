output "role" {
  description = "The role, once it has its rights."
  value       = postgresql_grant.database.role

  depends_on = [
    postgresql_grant.schema,
    postgresql_grant.tables,
    postgresql_grant.sequences,
    postgresql_default_privileges.tables,
    postgresql_default_privileges.sequences,
  ]
}

output "database" {
  description = "The database that the rights are in."
  value       = postgresql_grant.database.database
}
