mock_provider "aws" {
  mock_resource "aws_sns_topic" {
    defaults = { arn = "arn:aws:sns:ap-northeast-2:123456789012:unit" }
  }
}

variables {
  name = "unit"
}

run "alarms_may_publish_over_tls" {
  assert {
    condition = jsondecode(aws_sns_topic_policy.this.policy).Statement == [
      {
        Sid       = "DenyInsecureTransport"
        Effect    = "Deny"
        Principal = { AWS = "*" }
        Action    = "sns:Publish"
        Resource  = "arn:aws:sns:ap-northeast-2:123456789012:unit"
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
      {
        Sid       = "PublishCloudwatchAmazonawsCom"
        Effect    = "Allow"
        Principal = { Service = "cloudwatch.amazonaws.com" }
        Action    = "sns:Publish"
        Resource  = "arn:aws:sns:ap-northeast-2:123456789012:unit"
      },
    ]
    error_message = "CloudWatch, and nobody else, must be able to publish."
  }

  assert {
    condition     = length(aws_sns_topic_subscription.email) == 0
    error_message = "Nobody is subscribed unasked."
  }
}

run "a_mail_to_each" {
  variables {
    emails = ["b@example.com", "a@example.com"]
  }

  assert {
    condition     = keys(aws_sns_topic_subscription.email) == ["a@example.com", "b@example.com"]
    error_message = "Every address must have a subscription under its own name."
  }
}

run "refuses_what_is_no_address" {
  command = plan

  variables {
    emails = ["oncall"]
  }

  expect_failures = [var.emails]
}

run "refuses_a_name_for_a_service" {
  command = plan

  variables {
    publishers = ["cloudwatch"]
  }

  expect_failures = [var.publishers]
}

run "refuses_a_name_that_sns_does_not_take" {
  command = plan

  variables {
    name = "alarms of today"
  }

  expect_failures = [var.name]
}
