locals {
  issuer       = "token.actions.githubusercontent.com"
  provider_arn = var.oidc_provider == null ? one(aws_iam_openid_connect_provider.github[*].arn) : var.oidc_provider.arn

  repository = var.repository.owner_id == null ? "${var.repository.owner}/${var.repository.name}" : join("/", [
    "${var.repository.owner}@${format("%d", var.repository.owner_id)}",
    "${var.repository.name}@${format("%d", var.repository.repository_id)}",
  ])

  plan_subject   = "repo:${local.repository}:pull_request"
  apply_subjects = { for name in keys(var.environments) : name => "repo:${local.repository}:environment:${name}" }

  trust = { for subject in concat([local.plan_subject], values(local.apply_subjects)) : subject => jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Federated = [local.provider_arn] }
      Action    = ["sts:AssumeRoleWithWebIdentity"]
      Condition = {
        StringEquals = {
          "${local.issuer}:aud" = [var.audience]
          "${local.issuer}:sub" = [subject]
        }
      }
    }]
  }) }

  # Not try(): where an ARN is unknown yet, its result is unknown as a whole.
  lock_object_arns = var.plan_role == null ? [] : var.plan_role.lock_object_arns
  lock_statements = [for arns in [local.lock_object_arns] : {
    sid        = "LockStates"
    effect     = "Allow"
    actions    = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"]
    resources  = arns
    conditions = []
  } if length(arns) > 0]

  plan_statements = [for statement in var.plan_role == null ? [] : var.plan_role.statements : merge(statement, { effect = "Allow" })]

  statements = merge(
    { plan = concat(local.plan_statements, local.lock_statements) },
    { for name, environment in var.environments : "apply-${name}" => environment.statements },
  )

  policies = { for role, statements in local.statements : role => jsonencode({
    Version = "2012-10-17"
    Statement = [for statement in statements : {
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
  }) }

  apply_attachments = merge([
    for name, environment in var.environments : {
      for policy, arn in environment.managed_policy_arns : "${name}/${policy}" => { environment = name, arn = arn }
    }
  ]...)
}

# AWS trusts GitHub's certificate by its own list of authorities: there are no thumbprints to keep.
resource "aws_iam_openid_connect_provider" "github" {
  count = var.oidc_provider == null ? 1 : 0

  url            = "https://${local.issuer}"
  client_id_list = [var.audience]
  tags           = var.tags
}

resource "aws_iam_role" "plan" {
  count = var.plan_role == null ? 0 : 1

  name                 = "${var.name}-plan"
  description          = "Plans for pull requests of ${var.repository.owner}/${var.repository.name}"
  assume_role_policy   = local.trust[local.plan_subject]
  permissions_boundary = var.permissions_boundary
  max_session_duration = var.max_session_duration
  tags                 = var.tags
}

resource "aws_iam_role_policy" "plan" {
  count = length(local.statements.plan) > 0 ? 1 : 0

  name   = "permissions"
  role   = aws_iam_role.plan[0].name
  policy = local.policies["plan"]
}

resource "aws_iam_role_policy_attachment" "plan" {
  for_each = var.plan_role == null ? {} : var.plan_role.managed_policy_arns

  role       = aws_iam_role.plan[0].name
  policy_arn = each.value
}

resource "aws_iam_role" "apply" {
  for_each = var.environments

  name                 = "${var.name}-apply-${each.key}"
  description          = "Applies to ${each.key} from ${var.repository.owner}/${var.repository.name}"
  assume_role_policy   = local.trust[local.apply_subjects[each.key]]
  permissions_boundary = var.permissions_boundary
  max_session_duration = var.max_session_duration
  tags                 = var.tags
}

resource "aws_iam_role_policy" "apply" {
  for_each = { for name, environment in var.environments : name => name if length(environment.statements) > 0 }

  name   = "permissions"
  role   = aws_iam_role.apply[each.key].name
  policy = local.policies["apply-${each.key}"]
}

resource "aws_iam_role_policy_attachment" "apply" {
  for_each = local.apply_attachments

  role       = aws_iam_role.apply[each.value.environment].name
  policy_arn = each.value.arn
}
