locals {
  role_arn = var.role == null ? one(aws_iam_role.own[*].arn) : var.role.arn

  log_statements = [{
    Sid      = "WriteLogs"
    Effect   = "Allow"
    Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    Resource = ["${aws_cloudwatch_log_group.this.arn}:*"]
  }]

  vpc_statements = [for vpc in [var.vpc] : {
    Sid    = "UseVpc"
    Effect = "Allow"
    Action = [
      "ec2:AssignPrivateIpAddresses",
      "ec2:CreateNetworkInterface",
      "ec2:DeleteNetworkInterface",
      "ec2:DescribeNetworkInterfaces",
      "ec2:DescribeSubnets",
      "ec2:UnassignPrivateIpAddresses",
    ]
    Resource = ["*"]
  } if vpc != null]

  extra_statements = [for statement in var.statements : {
    for key, value in {
      Sid      = statement.sid
      Effect   = statement.effect
      Action   = statement.actions
      Resource = statement.resources
      Condition = length(statement.conditions) == 0 ? null : {
        for test in distinct(statement.conditions[*].test) : test => {
          for condition in statement.conditions : condition.variable => condition.values if condition.test == test
        }
      }
    } : key => value if value != null
  }]
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/aws/lambda/${var.name}"
  retention_in_days = var.log_retention_days
  tags              = var.tags
}

resource "aws_iam_role" "own" {
  count = var.role == null ? 1 : 0

  name = var.name
  tags = var.tags

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = ["lambda.amazonaws.com"] }
      Action    = ["sts:AssumeRole"]
    }]
  })
}

resource "aws_iam_role_policy" "own" {
  count = var.role == null ? 1 : 0

  name = "permissions"
  role = aws_iam_role.own[0].name

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = concat(local.log_statements, local.vpc_statements, local.extra_statements)
  })
}

resource "aws_iam_role_policy_attachment" "own" {
  for_each = var.role == null ? var.managed_policy_arns : {}

  role       = aws_iam_role.own[0].name
  policy_arn = each.value
}

resource "aws_lambda_function" "this" {
  function_name    = var.name
  description      = var.description
  filename         = var.package
  source_code_hash = filebase64sha256(var.package)
  handler          = var.handler
  runtime          = var.runtime
  architectures    = [var.architecture]
  timeout          = var.timeout
  memory_size      = var.memory_size
  layers           = var.layers
  role             = local.role_arn
  tags             = var.tags

  dynamic "environment" {
    for_each = length(var.environment) == 0 ? [] : [1]

    content {
      variables = var.environment
    }
  }

  dynamic "vpc_config" {
    for_each = var.vpc == null ? [] : [1]

    content {
      subnet_ids         = var.vpc.subnet_ids
      security_group_ids = var.vpc.security_group_ids
    }
  }

  # Before its first call the function has its rights, and a log group that Lambda need not make without a retention.
  depends_on = [
    aws_cloudwatch_log_group.this,
    aws_iam_role_policy.own,
    aws_iam_role_policy_attachment.own,
  ]
}

resource "aws_iam_role" "schedule" {
  count = var.schedule == null ? 0 : 1

  name = "${var.name}-schedule"
  tags = var.tags

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = ["scheduler.amazonaws.com"] }
      Action    = ["sts:AssumeRole"]
      Condition = { StringEquals = { "aws:SourceAccount" = [split(":", aws_lambda_function.this.arn)[4]] } }
    }]
  })
}

resource "aws_iam_role_policy" "schedule" {
  count = var.schedule == null ? 0 : 1

  name = "permissions"
  role = aws_iam_role.schedule[0].name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid      = "InvokeFunction"
      Effect   = "Allow"
      Action   = ["lambda:InvokeFunction"]
      Resource = [aws_lambda_function.this.arn]
    }]
  })
}

resource "aws_scheduler_schedule" "this" {
  count = var.schedule == null ? 0 : 1

  name                         = var.name
  schedule_expression          = var.schedule.expression
  schedule_expression_timezone = var.schedule.timezone
  state                        = var.schedule.enabled ? "ENABLED" : "DISABLED"

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = aws_lambda_function.this.arn
    role_arn = aws_iam_role.schedule[0].arn
    input    = var.schedule.input
  }

  depends_on = [aws_iam_role_policy.schedule]
}
