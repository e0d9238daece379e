output "name" {
  description = "Name of the database, known before it is made."
  value       = postgresql_database.this.name
}

output "id" {
  description = "Name of the database, known once it is made and shut for everybody but its owner."
  value       = postgresql_database.this.id
  depends_on  = [postgresql_grant.public_database, postgresql_grant.public_schema]
}
