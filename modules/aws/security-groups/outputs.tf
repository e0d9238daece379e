output "ids" {
  description = "Ids of the groups, by name."
  value       = { for name, group in aws_security_group.this : name => group.id }
}

output "rule_count" {
  description = "How many rules there are, both directions together."
  value       = length(local.ingress) + length(local.egress)
}
