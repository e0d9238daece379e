mock_provider "aws" {}

variables {
  name  = "unit"
  trust = { services = ["glue.amazonaws.com"] }
}

run "trusted_by_a_service" {
  assert {
    condition = jsondecode(aws_iam_role.this.assume_role_policy) == {
      Version = "2012-10-17"
      Statement = [{
        Effect    = "Allow"
        Principal = { Service = ["glue.amazonaws.com"] }
        Action    = ["sts:AssumeRole"]
      }]
    }
    error_message = "The service, and nobody else, must be able to take the role."
  }

  assert {
    condition = alltrue([
      length(aws_iam_role_policy.this) == 0,
      length(aws_iam_role_policy_attachment.this) == 0,
      length(aws_iam_instance_profile.this) == 0,
      output.instance_profile == null,
    ])
    error_message = "What is not asked for must not be made."
  }

  assert {
    condition     = output.name == "unit"
    error_message = "The role must be told by name."
  }
}

run "trusted_by_a_policy" {
  variables {
    trust = { json = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"123456789012\"},\"Action\":\"sts:AssumeRole\"}]}" }
  }

  assert {
    condition     = aws_iam_role.this.assume_role_policy == var.trust.json
    error_message = "A trust policy in JSON must be taken as it is."
  }
}

run "permissions" {
  variables {
    statements = [
      {
        sid       = "Read"
        actions   = ["s3:GetObject"]
        resources = ["arn:aws:s3:::unit/*"]
        conditions = [
          { test = "StringEquals", variable = "aws:PrincipalOrgID", values = ["o-1"] },
          { test = "StringEquals", variable = "s3:ExistingObjectTag/public", values = ["yes", "no"] },
        ]
      },
      { effect = "Deny", actions = ["s3:DeleteObject"], resources = ["*"] },
    ]
    managed_policy_arns = { read = "arn:aws:iam::aws:policy/ReadOnlyAccess" }
    instance_profile    = true
  }

  assert {
    condition = jsondecode(aws_iam_role_policy.this[0].policy).Statement == [
      {
        Sid      = "Read"
        Effect   = "Allow"
        Action   = ["s3:GetObject"]
        Resource = ["arn:aws:s3:::unit/*"]
        Condition = {
          StringEquals = { "aws:PrincipalOrgID" = ["o-1"], "s3:ExistingObjectTag/public" = ["yes", "no"] }
        }
      },
      { Effect = "Deny", Action = ["s3:DeleteObject"], Resource = ["*"] },
    ]
    error_message = "Statements must become the policy, in order, without empty fields."
  }

  assert {
    condition     = aws_iam_role_policy_attachment.this["read"].policy_arn == "arn:aws:iam::aws:policy/ReadOnlyAccess"
    error_message = "Managed policies must be attached one by one."
  }

  assert {
    condition     = output.instance_profile == "unit"
    error_message = "The instance profile must carry the role's name."
  }
}

run "refuses_trust_in_nobody" {
  command = plan

  variables {
    trust = {}
  }

  expect_failures = [var.trust]
}

run "refuses_trust_said_twice" {
  command = plan

  variables {
    trust = { services = ["glue.amazonaws.com"], json = "{\"Statement\":[]}" }
  }

  expect_failures = [var.trust]
}

run "refuses_a_name_for_a_service" {
  command = plan

  variables {
    trust = { services = ["glue"] }
  }

  expect_failures = [var.trust]
}

run "refuses_a_statement_about_nothing" {
  command = plan

  variables {
    statements = [{ actions = [], resources = ["*"] }]
  }

  expect_failures = [var.statements]
}
