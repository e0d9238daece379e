mock_provider "aws" {
  mock_resource "aws_cloudwatch_log_group" {
    defaults = {
      arn = "arn:aws:logs:ap-northeast-2:123456789012:log-group:/aws/lambda/unit"
    }
  }

  mock_resource "aws_iam_role" {
    defaults = {
      arn = "arn:aws:iam::123456789012:role/unit"
    }
  }

  mock_resource "aws_lambda_function" {
    defaults = {
      arn = "arn:aws:lambda:ap-northeast-2:123456789012:function:unit"
    }
  }
}

variables {
  name    = "unit"
  package = "./examples/basic/function.zip"
  handler = "main.handler"
  runtime = "python3.13"
}

run "own_role_by_default" {
  assert {
    condition     = aws_lambda_function.this.source_code_hash == filebase64sha256("./examples/basic/function.zip")
    error_message = "The function must follow the content of its package."
  }

  assert {
    condition = jsondecode(aws_iam_role_policy.own[0].policy).Statement == [{
      Sid      = "WriteLogs"
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = ["arn:aws:logs:ap-northeast-2:123456789012:log-group:/aws/lambda/unit:*"]
    }]
    error_message = "The own role must be able to write the function's own logs, and nothing else."
  }

  assert {
    condition     = one(jsondecode(aws_iam_role.own[0].assume_role_policy).Statement).Principal == { Service = ["lambda.amazonaws.com"] }
    error_message = "Only Lambda may take the own role."
  }

  assert {
    condition     = aws_cloudwatch_log_group.this.name == "/aws/lambda/unit" && aws_cloudwatch_log_group.this.retention_in_days == 30
    error_message = "Lambda writes to /aws/lambda/<name>; the group must be ours, with a retention."
  }

  assert {
    condition     = length(aws_lambda_function.this.environment) == 0 && length(aws_lambda_function.this.vpc_config) == 0
    error_message = "Empty blocks would differ in every plan."
  }

  assert {
    condition     = length(aws_scheduler_schedule.this) == 0 && length(aws_iam_role.schedule) == 0 && output.schedule_arn == null
    error_message = "Without schedule there must be no schedule."
  }

  assert {
    condition     = output.role_arn == "arn:aws:iam::123456789012:role/unit" && output.role_name == "unit"
    error_message = "The own role must be told."
  }
}

run "existing_role" {
  variables {
    role                = { arn = "arn:aws:iam::123456789012:role/existing" }
    managed_policy_arns = { read = "arn:aws:iam::aws:policy/ReadOnlyAccess" }
  }

  assert {
    condition     = length(aws_iam_role.own) == 0 && length(aws_iam_role_policy.own) == 0 && length(aws_iam_role_policy_attachment.own) == 0
    error_message = "An existing role must be left as it is."
  }

  assert {
    condition     = aws_lambda_function.this.role == "arn:aws:iam::123456789012:role/existing" && output.role_arn == aws_lambda_function.this.role
    error_message = "The function must run as the existing role."
  }
}

run "permissions" {
  variables {
    vpc = { subnet_ids = ["subnet-1"], security_group_ids = ["sg-1"] }
    statements = [{
      actions   = ["s3:PutObject"]
      resources = ["arn:aws:s3:::unit-raw/*"]
      conditions = [
        { test = "StringEquals", variable = "s3:x-amz-acl", values = ["private"] },
        { test = "StringEquals", variable = "aws:PrincipalOrgID", values = ["o-1"] },
      ]
    }]
    managed_policy_arns = { read = "arn:aws:iam::aws:policy/ReadOnlyAccess" }
  }

  assert {
    condition = jsondecode(aws_iam_role_policy.own[0].policy).Statement[2] == {
      Effect    = "Allow"
      Action    = ["s3:PutObject"]
      Resource  = ["arn:aws:s3:::unit-raw/*"]
      Condition = { StringEquals = { "s3:x-amz-acl" = ["private"], "aws:PrincipalOrgID" = ["o-1"] } }
    }
    error_message = "Statements must follow those for logs and the VPC, with conditions of one test grouped."
  }

  assert {
    condition     = jsondecode(aws_iam_role_policy.own[0].policy).Statement[1].Sid == "UseVpc"
    error_message = "A function in a VPC must be able to make its network interfaces."
  }

  assert {
    condition     = aws_iam_role_policy_attachment.own["read"].policy_arn == "arn:aws:iam::aws:policy/ReadOnlyAccess"
    error_message = "Managed policies must be attached to the own role."
  }
}

run "schedule" {
  variables {
    schedule = { expression = "cron(0 */6 * * ? *)", timezone = "UTC", enabled = false }
  }

  assert {
    condition     = aws_scheduler_schedule.this[0].schedule_expression_timezone == "UTC" && aws_scheduler_schedule.this[0].state == "DISABLED"
    error_message = "The schedule must have its time zone, and be off when told so."
  }

  assert {
    condition     = one(jsondecode(aws_iam_role_policy.schedule[0].policy).Statement).Resource == ["arn:aws:lambda:ap-northeast-2:123456789012:function:unit"]
    error_message = "The schedule may call this function alone."
  }

  assert {
    condition     = one(jsondecode(aws_iam_role.schedule[0].assume_role_policy).Statement).Condition.StringEquals["aws:SourceAccount"] == ["123456789012"]
    error_message = "Only schedules of this account may take the role."
  }
}

run "secrets_stay_secret" {
  variables {
    environment = { PASSWORD = sensitive("hidden"), PLAIN = "shown" }
  }

  assert {
    condition     = issensitive(aws_lambda_function.this.environment[0].variables["PASSWORD"]) && !issensitive(aws_lambda_function.this.environment[0].variables["PLAIN"])
    error_message = "A sensitive value must stay sensitive, and hide no other."
  }
}

run "refuses_a_folder" {
  command = plan

  variables {
    package = "./examples/basic/function"
  }

  expect_failures = [var.package]
}

run "refuses_a_cron_of_five_fields" {
  command = plan

  variables {
    schedule = { expression = "cron(0 15 * * *)", timezone = "Asia/Seoul" }
  }

  expect_failures = [var.schedule]
}

run "refuses_an_offset_for_a_time_zone" {
  command = plan

  variables {
    schedule = { expression = "rate(1 hour)", timezone = "+09:00" }
  }

  expect_failures = [var.schedule]
}

run "refuses_an_odd_retention" {
  command = plan

  variables {
    log_retention_days = 31
  }

  expect_failures = [var.log_retention_days]
}
