output "id" {
  description = "Name of the instance, which metrics and alarms know it by."
  value       = var.name

  # Who reads it waits for the instance.
  depends_on = [aws_db_instance.this]
}

output "arn" {
  description = "ARN of the instance."
  value       = aws_db_instance.this.arn
}

output "host" {
  description = "Host name of the database."
  value       = aws_db_instance.this.address
}

output "port" {
  description = "Port of the database."
  value       = var.port
}

output "database" {
  description = "The database that was made with the instance."
  value       = var.database
}

output "username" {
  description = "The first user."
  value       = var.username
}

output "secret_arn" {
  description = "ARN of the secret with username and password, which RDS keeps."
  value       = one(aws_db_instance.this.master_user_secret[*].secret_arn)
}

output "security_group_id" {
  description = "Id of the database's security group."
  value       = aws_security_group.this.id
}
