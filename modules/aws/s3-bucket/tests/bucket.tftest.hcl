mock_provider "aws" {
  mock_resource "aws_s3_bucket" {
    defaults = {
      arn = "arn:aws:s3:::unit-raw"
    }
  }
}

variables {
  bucket = "unit-raw"
}

run "safe_by_default" {
  assert {
    condition     = aws_s3_bucket.this.force_destroy == false
    error_message = "A bucket must keep its objects unless force_destroy is asked for."
  }

  assert {
    condition     = length(aws_s3_bucket_versioning.this) == 0
    error_message = "Versioning must be off unless asked for."
  }

  assert {
    condition = alltrue([
      aws_s3_bucket_public_access_block.this.block_public_acls,
      aws_s3_bucket_public_access_block.this.block_public_policy,
      aws_s3_bucket_public_access_block.this.ignore_public_acls,
      aws_s3_bucket_public_access_block.this.restrict_public_buckets,
    ])
    error_message = "All four ways to make the bucket public must be shut."
  }

  assert {
    condition = jsondecode(aws_s3_bucket_policy.this[0].policy).Statement == [{
      Sid       = "DenyInsecureTransport"
      Effect    = "Deny"
      Principal = { AWS = ["*"] }
      Action    = ["s3:*"]
      Resource  = ["arn:aws:s3:::unit-raw", "arn:aws:s3:::unit-raw/*"]
      Condition = { Bool = { "aws:SecureTransport" = ["false"] } }
    }]
    error_message = "The policy must deny plain HTTP on the bucket and on its objects, and say nothing else."
  }

  assert {
    condition     = one(one(aws_s3_bucket_server_side_encryption_configuration.this.rule).apply_server_side_encryption_by_default).sse_algorithm == "AES256"
    error_message = "Without a KMS key S3 encrypts with its own."
  }

  assert {
    condition = alltrue([
      length(aws_s3_bucket_lifecycle_configuration.this) == 0,
      length(aws_s3_bucket_notification.this) == 0,
      length(aws_s3_object.this) == 0,
    ])
    error_message = "What is not asked for must not be made."
  }

  assert {
    condition     = output.bucket == "unit-raw" && output.arn == "arn:aws:s3:::unit-raw"
    error_message = "The outputs must name the bucket."
  }
}

run "no_policy_when_nothing_is_to_be_said" {
  command = plan

  variables {
    tls_only = false
  }

  assert {
    condition     = length(aws_s3_bucket_policy.this) == 0
    error_message = "Without statements there must be no policy."
  }
}

run "policy_statements" {
  variables {
    tls_only = false
    policy_statements = [{
      principals = { AWS = ["arn:aws:iam::123456789012:root"] }
      actions    = ["s3:PutObject"]
      paths      = ["/in/*"]
      conditions = [
        { test = "StringEquals", variable = "s3:x-amz-acl", values = ["bucket-owner-full-control"] },
        { test = "StringEquals", variable = "aws:PrincipalOrgID", values = ["o-1", "o-2"] },
        { test = "Bool", variable = "aws:SecureTransport", values = ["true"] },
      ]
    }]
  }

  assert {
    condition = jsondecode(aws_s3_bucket_policy.this[0].policy).Statement == [{
      Effect    = "Allow"
      Principal = { AWS = ["arn:aws:iam::123456789012:root"] }
      Action    = ["s3:PutObject"]
      Resource  = ["arn:aws:s3:::unit-raw/in/*"]
      Condition = {
        StringEquals = {
          "s3:x-amz-acl"       = ["bucket-owner-full-control"]
          "aws:PrincipalOrgID" = ["o-1", "o-2"]
        }
        Bool = { "aws:SecureTransport" = ["true"] }
      }
    }]
    error_message = "Conditions of one test must be grouped, and paths must stand behind the ARN of the bucket."
  }
}

run "everything_asked_for" {
  variables {
    versioning = true
    encryption = { kms_key_arn = "arn:aws:kms:ap-northeast-2:123456789012:key/1" }
    lifecycle_rules = [{
      id                                 = "age"
      expiration_days                    = 30
      noncurrent_version_expiration_days = 7
      transitions                        = [{ days = 10, storage_class = "STANDARD_IA" }]
    }]
    notifications = {
      functions = {
        ingest = { arn = "arn:aws:lambda:ap-northeast-2:123456789012:function:ingest", suffix = ".csv" }
      }
    }
    objects = {
      "a/numbers.csv" = { source = "./examples/basic/numbers.csv" }
      "b"             = { content = "text" }
    }
  }

  assert {
    condition     = one(aws_s3_bucket_versioning.this[0].versioning_configuration).status == "Enabled"
    error_message = "Versioning must be enabled."
  }

  assert {
    condition     = one(one(aws_s3_bucket_server_side_encryption_configuration.this.rule).apply_server_side_encryption_by_default).kms_master_key_id == "arn:aws:kms:ap-northeast-2:123456789012:key/1"
    error_message = "The KMS key must be used."
  }

  assert {
    condition = alltrue([
      one(one(aws_s3_bucket_lifecycle_configuration.this[0].rule).expiration).days == 30,
      one(one(aws_s3_bucket_lifecycle_configuration.this[0].rule).noncurrent_version_expiration).noncurrent_days == 7,
      length(one(aws_s3_bucket_lifecycle_configuration.this[0].rule).abort_incomplete_multipart_upload) == 0,
    ])
    error_message = "A lifecycle rule must hold what was asked for and no more."
  }

  assert {
    condition     = aws_lambda_permission.notification["ingest"].source_arn == "arn:aws:s3:::unit-raw"
    error_message = "The function must be callable by this bucket alone."
  }

  assert {
    condition     = aws_s3_object.this["a/numbers.csv"].source_hash == filesha256("./examples/basic/numbers.csv")
    error_message = "An object must follow the content of its file."
  }

  assert {
    condition     = output.object_uris == { "a/numbers.csv" = "s3://unit-raw/a/numbers.csv", b = "s3://unit-raw/b" }
    error_message = "Every object must be told by its key."
  }
}

run "refuses_a_bad_name" {
  command = plan

  variables {
    bucket = "Unit_Raw"
  }

  expect_failures = [var.bucket]
}

run "refuses_an_unknown_effect" {
  command = plan

  variables {
    policy_statements = [{ effect = "allow", principals = { AWS = ["*"] }, actions = ["s3:GetObject"] }]
  }

  expect_failures = [var.policy_statements]
}

run "refuses_an_idle_lifecycle_rule" {
  command = plan

  variables {
    lifecycle_rules = [{ id = "idle" }]
  }

  expect_failures = [var.lifecycle_rules]
}

run "refuses_an_object_without_content" {
  command = plan

  variables {
    objects = { empty = {} }
  }

  expect_failures = [var.objects]
}

run "refuses_a_missing_file" {
  command = plan

  variables {
    objects = { gone = { source = "./no/such/file" } }
  }

  expect_failures = [var.objects]
}
