resource "aws_s3_bucket" "state" {
  bucket        = var.bucket
  force_destroy = var.force_destroy
  tags          = var.tags
}

resource "aws_s3_bucket_versioning" "state" {
  bucket = aws_s3_bucket.state.bucket

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "state" {
  bucket = aws_s3_bucket.state.bucket

  rule {
    bucket_key_enabled = var.encryption == null ? null : var.encryption.bucket_key

    apply_server_side_encryption_by_default {
      sse_algorithm     = var.encryption == null ? "AES256" : "aws:kms"
      kms_master_key_id = var.encryption == null ? null : var.encryption.kms_key_arn
    }
  }
}

resource "aws_s3_bucket_public_access_block" "state" {
  bucket = aws_s3_bucket.state.bucket

  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_policy" "state" {
  count = var.tls_only ? 1 : 0

  bucket = aws_s3_bucket.state.bucket
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "DenyInsecureTransport"
      Effect    = "Deny"
      Principal = { AWS = ["*"] }
      Action    = ["s3:*"]
      Resource  = [aws_s3_bucket.state.arn, "${aws_s3_bucket.state.arn}/*"]
      Condition = { Bool = { "aws:SecureTransport" = ["false"] } }
    }]
  })

  # S3 refuses two changes of one bucket's access at a time.
  depends_on = [aws_s3_bucket_public_access_block.state]
}

resource "aws_s3_bucket_lifecycle_configuration" "state" {
  count = var.keep_versions == null ? 0 : 1

  bucket = aws_s3_bucket.state.bucket

  rule {
    id     = "expire-earlier-versions"
    status = "Enabled"

    filter {
      prefix = ""
    }

    noncurrent_version_expiration {
      noncurrent_days           = var.keep_versions.days
      newer_noncurrent_versions = var.keep_versions.newest
    }
  }

  # A rule on versions needs versioning.
  depends_on = [aws_s3_bucket_versioning.state]
}

resource "aws_dynamodb_table" "lock" {
  count = var.lock_table == null ? 0 : 1

  name         = var.lock_table.name
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "LockID"
  tags         = var.tags

  attribute {
    name = "LockID"
    type = "S"
  }
}
