output "bucket" {
  description = "Name of the bucket, known before it is made."
  value       = aws_s3_bucket.this.bucket
}

output "arn" {
  description = "ARN of the bucket."
  value       = aws_s3_bucket.this.arn
}

output "regional_domain_name" {
  description = "Host name of the bucket in its region."
  value       = aws_s3_bucket.this.bucket_regional_domain_name
}

output "object_uris" {
  description = "The s3:// address of every uploaded object, by key."
  value       = { for key, object in aws_s3_object.this : key => "s3://${object.bucket}/${object.key}" }
}
