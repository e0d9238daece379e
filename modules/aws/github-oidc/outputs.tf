output "provider_arn" {
  description = "ARN of the OIDC provider, existing or own."
  value       = local.provider_arn
}

output "plan_role_arn" {
  description = "ARN of the role for pull requests, null where there is none."
  value       = one(aws_iam_role.plan[*].arn)
}

output "apply_role_arns" {
  description = "ARNs of the apply roles, by environment."
  value       = { for name, role in aws_iam_role.apply : name => role.arn }
}

output "role_names" {
  description = "Names of all roles: plan, and apply-<environment>, known before they are made."
  value = merge(
    { for role in aws_iam_role.plan : "plan" => role.name },
    { for name, role in aws_iam_role.apply : "apply-${name}" => role.name },
  )
}

output "subjects" {
  description = "The sub that a token must carry, for the same names."
  value = merge(
    { for role in aws_iam_role.plan : "plan" => local.plan_subject },
    { for name, subject in local.apply_subjects : "apply-${name}" => subject },
  )
}
