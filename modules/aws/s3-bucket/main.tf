locals {
  tls_statements = [for enabled in [var.tls_only] : {
    Sid       = "DenyInsecureTransport"
    Effect    = "Deny"
    Principal = { AWS = ["*"] }
    Action    = ["s3:*"]
    Resource  = [aws_s3_bucket.this.arn, "${aws_s3_bucket.this.arn}/*"]
    Condition = { Bool = { "aws:SecureTransport" = ["false"] } }
  } if enabled]

  policy_statements = [for statement in var.policy_statements : {
    for key, value in {
      Sid       = statement.sid
      Effect    = statement.effect
      Principal = statement.principals
      Action    = statement.actions
      Resource  = [for path in statement.paths : "${aws_s3_bucket.this.arn}${path}"]
      Condition = length(statement.conditions) == 0 ? null : {
        for test in distinct(statement.conditions[*].test) : test => {
          for condition in statement.conditions : condition.variable => condition.values if condition.test == test
        }
      }
    } : key => value if value != null
  }]
}

resource "aws_s3_bucket" "this" {
  bucket        = var.bucket
  force_destroy = var.force_destroy
  tags          = var.tags
}

resource "aws_s3_bucket_versioning" "this" {
  count = var.versioning ? 1 : 0

  bucket = aws_s3_bucket.this.bucket

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "this" {
  bucket = aws_s3_bucket.this.bucket

  rule {
    bucket_key_enabled = var.encryption == null ? null : var.encryption.bucket_key

    apply_server_side_encryption_by_default {
      sse_algorithm     = var.encryption == null ? "AES256" : "aws:kms"
      kms_master_key_id = var.encryption == null ? null : var.encryption.kms_key_arn
    }
  }
}

resource "aws_s3_bucket_public_access_block" "this" {
  bucket = aws_s3_bucket.this.bucket

  block_public_acls       = var.public_access_block.block_public_acls
  block_public_policy     = var.public_access_block.block_public_policy
  ignore_public_acls      = var.public_access_block.ignore_public_acls
  restrict_public_buckets = var.public_access_block.restrict_public_buckets
}

resource "aws_s3_bucket_policy" "this" {
  count = var.tls_only || length(var.policy_statements) > 0 ? 1 : 0

  bucket = aws_s3_bucket.this.bucket
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = concat(local.tls_statements, local.policy_statements)
  })

  # S3 refuses two changes of one bucket's access at a time.
  depends_on = [aws_s3_bucket_public_access_block.this]
}

resource "aws_s3_bucket_lifecycle_configuration" "this" {
  count = length(var.lifecycle_rules) > 0 ? 1 : 0

  bucket = aws_s3_bucket.this.bucket

  dynamic "rule" {
    for_each = var.lifecycle_rules

    content {
      id     = rule.value.id
      status = rule.value.enabled ? "Enabled" : "Disabled"

      filter {
        prefix = rule.value.prefix
      }

      dynamic "transition" {
        for_each = rule.value.transitions

        content {
          days          = transition.value.days
          storage_class = transition.value.storage_class
        }
      }

      dynamic "expiration" {
        for_each = rule.value.expiration_days == null ? [] : [rule.value.expiration_days]

        content {
          days = expiration.value
        }
      }

      dynamic "noncurrent_version_expiration" {
        for_each = rule.value.noncurrent_version_expiration_days == null ? [] : [rule.value.noncurrent_version_expiration_days]

        content {
          noncurrent_days = noncurrent_version_expiration.value
        }
      }

      dynamic "abort_incomplete_multipart_upload" {
        for_each = rule.value.abort_incomplete_upload_days == null ? [] : [rule.value.abort_incomplete_upload_days]

        content {
          days_after_initiation = abort_incomplete_multipart_upload.value
        }
      }
    }
  }

  # A rule on versions needs versioning.
  depends_on = [aws_s3_bucket_versioning.this]
}

resource "aws_lambda_permission" "notification" {
  for_each = var.notifications == null ? {} : var.notifications.functions

  statement_id  = "s3-${replace(aws_s3_bucket.this.bucket, ".", "-")}-${each.key}"
  action        = "lambda:InvokeFunction"
  function_name = each.value.arn
  principal     = "s3.amazonaws.com"
  source_arn    = aws_s3_bucket.this.arn
}

resource "aws_s3_bucket_notification" "this" {
  count = var.notifications == null ? 0 : 1

  bucket      = aws_s3_bucket.this.bucket
  eventbridge = var.notifications.eventbridge

  dynamic "lambda_function" {
    for_each = var.notifications.functions

    content {
      id                  = lambda_function.key
      lambda_function_arn = lambda_function.value.arn
      events              = lambda_function.value.events
      filter_prefix       = lambda_function.value.prefix
      filter_suffix       = lambda_function.value.suffix
    }
  }

  dynamic "queue" {
    for_each = var.notifications.queues

    content {
      id            = queue.key
      queue_arn     = queue.value.arn
      events        = queue.value.events
      filter_prefix = queue.value.prefix
      filter_suffix = queue.value.suffix
    }
  }

  dynamic "topic" {
    for_each = var.notifications.topics

    content {
      id            = topic.key
      topic_arn     = topic.value.arn
      events        = topic.value.events
      filter_prefix = topic.value.prefix
      filter_suffix = topic.value.suffix
    }
  }

  # S3 tries the permission when the notification is made.
  depends_on = [aws_lambda_permission.notification]
}

resource "aws_s3_object" "this" {
  for_each = var.objects

  bucket       = aws_s3_bucket.this.bucket
  key          = each.key
  source       = each.value.source
  content      = each.value.content
  content_type = each.value.content_type
  # Not etag: it is no hash of the content under KMS and for large files, and would differ in every plan.
  source_hash = each.value.source == null ? sha256(each.value.content) : filesha256(each.value.source)
  tags        = var.tags

  depends_on = [
    aws_s3_bucket_versioning.this,
    aws_s3_bucket_server_side_encryption_configuration.this,
  ]
}
