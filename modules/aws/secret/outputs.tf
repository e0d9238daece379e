output "name" {
  description = "Name of the secret."
  value       = var.name
}

output "arn" {
  description = "ARN of the secret."
  value       = aws_secretsmanager_secret.this.arn
}
