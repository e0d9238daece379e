locals {
  service_trust = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = var.trust.services }
      Action    = ["sts:AssumeRole"]
    }]
  })

  statements = [for statement in var.statements : {
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

resource "aws_iam_role" "this" {
  name                 = var.name
  description          = var.description
  path                 = var.path
  assume_role_policy   = length(var.trust.services) > 0 ? local.service_trust : var.trust.json
  permissions_boundary = var.permissions_boundary
  max_session_duration = var.max_session_duration
  tags                 = var.tags
}

resource "aws_iam_role_policy" "this" {
  count = length(var.statements) > 0 ? 1 : 0

  name   = "permissions"
  role   = aws_iam_role.this.name
  policy = jsonencode({ Version = "2012-10-17", Statement = local.statements })
}

resource "aws_iam_role_policy_attachment" "this" {
  for_each = var.managed_policy_arns

  role       = aws_iam_role.this.name
  policy_arn = each.value
}

resource "aws_iam_instance_profile" "this" {
  count = var.instance_profile ? 1 : 0

  name = aws_iam_role.this.name
  path = var.path
  role = aws_iam_role.this.name
  tags = var.tags
}
