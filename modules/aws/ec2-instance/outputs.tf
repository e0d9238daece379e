output "id" {
  description = "Id of the host."
  value       = aws_instance.this.id
}

output "arn" {
  description = "ARN of the host."
  value       = aws_instance.this.arn
}

output "private_ip" {
  description = "Its address within the network."
  value       = aws_instance.this.private_ip
}

output "public_ip" {
  description = "Its public address, empty where it has none."
  value       = aws_instance.this.public_ip
}

output "host" {
  description = "What others in the network call it: its DNS name where it has one, else its address."
  value       = var.dns == null ? aws_instance.this.private_ip : var.dns.name
}
