output "bucket" {
  description = "Name of the state bucket, known before it is made."
  value       = aws_s3_bucket.state.bucket
}

output "arn" {
  description = "ARN of the state bucket."
  value       = aws_s3_bucket.state.arn
}

output "lock_table" {
  description = "Name of the lock table, null where there is none."
  value       = one(aws_dynamodb_table.lock[*].name)
}

output "lock_table_arn" {
  description = "ARN of the lock table, null where there is none."
  value       = one(aws_dynamodb_table.lock[*].arn)
}
