output "name" {
  description = "Name of the role, known before it is made."
  value       = aws_iam_role.this.name
}

output "arn" {
  description = "ARN of the role."
  value       = aws_iam_role.this.arn
}

output "unique_id" {
  description = "Id that AWS gave the role; another role of the same name has another."
  value       = aws_iam_role.this.unique_id
}

output "instance_profile" {
  description = "Name of the instance profile, null where there is none."
  value       = one(aws_iam_instance_profile.this[*].name)
}
