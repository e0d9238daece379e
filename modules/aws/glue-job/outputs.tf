output "job_name" {
  description = "Name of the job, known before it is made."
  value       = aws_glue_job.this.name
}

output "arn" {
  description = "ARN of the job."
  value       = aws_glue_job.this.arn
}

output "role_arn" {
  description = "ARN of the role that the job runs as, existing or own."
  value       = local.role_arn
}

output "role_name" {
  description = "Name of the job's own role, null where it runs as an existing one."
  value       = one(aws_iam_role.own[*].name)
}

output "script_uri" {
  description = "The s3:// address of the script."
  value       = "s3://${aws_s3_object.script.bucket}/${aws_s3_object.script.key}"
}

output "trigger_names" {
  description = "Names of the triggers that start the job."
  value       = concat(aws_glue_trigger.schedule[*].name, aws_glue_trigger.after[*].name)
}

output "database" {
  description = "Name of the catalog database that was made here, null where there is none."
  value       = one(aws_glue_catalog_database.this[*].name)
}

output "crawler_name" {
  description = "Name of the crawler, null where there is none."
  value       = one(aws_glue_crawler.this[*].name)
}
