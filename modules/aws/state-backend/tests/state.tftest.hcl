mock_provider "aws" {
  mock_resource "aws_s3_bucket" {
    defaults = {
      arn = "arn:aws:s3:::unit-state"
    }
  }
}

variables {
  bucket = "unit-state"
}

run "keeps_states_safe_by_default" {
  assert {
    condition     = aws_s3_bucket.state.force_destroy == false
    error_message = "A state bucket must keep its states unless force_destroy is asked for."
  }

  assert {
    condition     = one(aws_s3_bucket_versioning.state.versioning_configuration).status == "Enabled"
    error_message = "States must be versioned."
  }

  assert {
    condition     = one(one(aws_s3_bucket_server_side_encryption_configuration.state.rule).apply_server_side_encryption_by_default).sse_algorithm == "AES256"
    error_message = "States must be encrypted."
  }

  assert {
    condition = alltrue([
      aws_s3_bucket_public_access_block.state.block_public_acls,
      aws_s3_bucket_public_access_block.state.block_public_policy,
      aws_s3_bucket_public_access_block.state.ignore_public_acls,
      aws_s3_bucket_public_access_block.state.restrict_public_buckets,
    ])
    error_message = "All four ways to make the bucket public must be shut."
  }

  assert {
    condition = jsondecode(aws_s3_bucket_policy.state[0].policy).Statement == [{
      Sid       = "DenyInsecureTransport"
      Effect    = "Deny"
      Principal = { AWS = ["*"] }
      Action    = ["s3:*"]
      Resource  = ["arn:aws:s3:::unit-state", "arn:aws:s3:::unit-state/*"]
      Condition = { Bool = { "aws:SecureTransport" = ["false"] } }
    }]
    error_message = "The policy must deny plain HTTP on the bucket and on its objects."
  }

  assert {
    condition     = length(aws_dynamodb_table.lock) == 0 && output.lock_table == null && output.lock_table_arn == null
    error_message = "Without lock_table there must be no table."
  }

  assert {
    condition     = length(aws_s3_bucket_lifecycle_configuration.state) == 0
    error_message = "Versions of states must be kept for ever unless keep_versions is given."
  }
}

run "everything_asked_for" {
  variables {
    encryption    = { kms_key_arn = "arn:aws:kms:ap-northeast-2:123456789012:key/1" }
    keep_versions = { days = 90, newest = 10 }
    lock_table    = { name = "unit-locks" }
  }

  assert {
    condition     = aws_dynamodb_table.lock[0].hash_key == "LockID" && one(aws_dynamodb_table.lock[0].attribute).type == "S"
    error_message = "Terraform looks for a lock by the string LockID."
  }

  assert {
    condition     = output.lock_table == "unit-locks"
    error_message = "The lock table must be told by name."
  }

  assert {
    condition     = one(one(aws_s3_bucket_lifecycle_configuration.state[0].rule).noncurrent_version_expiration).newer_noncurrent_versions == 10
    error_message = "The ten newest versions must stay however old they are."
  }

  assert {
    condition     = one(one(aws_s3_bucket_server_side_encryption_configuration.state.rule).apply_server_side_encryption_by_default).sse_algorithm == "aws:kms"
    error_message = "The KMS key must be used."
  }
}

run "refuses_a_bad_name" {
  command = plan

  variables {
    bucket = "-state"
  }

  expect_failures = [var.bucket]
}

run "refuses_a_bad_table_name" {
  command = plan

  variables {
    lock_table = { name = "no spaces" }
  }

  expect_failures = [var.lock_table]
}

run "refuses_to_keep_versions_for_no_time" {
  command = plan

  variables {
    keep_versions = { days = 0 }
  }

  expect_failures = [var.keep_versions]
}
