output "id" {
  description = "Id of the group."
  value       = aws_security_group.this.id
}

output "arn" {
  description = "ARN of the group."
  value       = aws_security_group.this.arn
}

output "name" {
  description = "Name of the group."
  value       = var.name
}
