output "database" {
  description = "Name of the database, known before it is made."
  value       = aws_glue_catalog_database.this.name
}

output "arn" {
  description = "ARN of the database."
  value       = aws_glue_catalog_database.this.arn
}

output "table_arns" {
  description = "ARNs of the tables, by name."
  value       = { for name, table in aws_glue_catalog_table.this : name => table.arn }
}
