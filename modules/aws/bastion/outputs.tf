output "id" {
  description = "Id of the host, which metrics and alarms know it by."
  value       = aws_instance.this.id
}

output "public_ip" {
  description = "Its public address, empty where it has none."
  value       = aws_instance.this.public_ip
}

output "private_ip" {
  description = "Its address in the subnet."
  value       = aws_instance.this.private_ip
}

output "security_group_id" {
  description = "Id of its security group, for those that let it in."
  value       = aws_security_group.this.id
}

output "role_name" {
  description = "Name of the role that its programs have."
  value       = aws_iam_role.this.name
}
