output "name" {
  description = "Name of the role, known before it is made."
  value       = postgresql_role.this.name
}

output "id" {
  description = "Name of the role, known once it is made: for what must come after it."
  value       = postgresql_role.this.id
}
