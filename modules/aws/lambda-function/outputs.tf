output "name" {
  description = "Name of the function, known before it is made."
  value       = aws_lambda_function.this.function_name
}

output "arn" {
  description = "ARN of the function."
  value       = aws_lambda_function.this.arn
}

output "invoke_arn" {
  description = "ARN by which API Gateway calls the function."
  value       = aws_lambda_function.this.invoke_arn
}

output "role_arn" {
  description = "ARN of the role that the function runs as, existing or own."
  value       = local.role_arn
}

output "role_name" {
  description = "Name of the function's own role, null where it runs as an existing one."
  value       = one(aws_iam_role.own[*].name)
}

output "log_group" {
  description = "Name of the function's log group."
  value       = aws_cloudwatch_log_group.this.name
}

output "schedule_arn" {
  description = "ARN of the schedule, null where there is none."
  value       = one(aws_scheduler_schedule.this[*].arn)
}
