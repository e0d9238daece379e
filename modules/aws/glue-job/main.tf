locals {
  is_spark   = var.kind == "glueetl"
  role_arn   = var.role == null ? one(aws_iam_role.own[*].arn) : var.role.arn
  script_key = coalesce(var.script_key, "scripts/${var.name}/${basename(var.script)}")
  partition  = split(":", aws_s3_object.script.arn)[1]

  # Empty where neither names one, which the crawler's precondition tells.
  crawler_database = try(coalesce(var.crawler.database, one(aws_glue_catalog_database.this[*].name)), "")

  run_statements = [
    {
      Sid      = "ReadScript"
      Effect   = "Allow"
      Action   = ["s3:GetObject"]
      Resource = [aws_s3_object.script.arn]
    },
    {
      Sid      = "WriteLogs"
      Effect   = "Allow"
      Action   = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = ["arn:${local.partition}:logs:*:*:log-group:/aws-glue/*"]
    },
    {
      Sid       = "WriteMetrics"
      Effect    = "Allow"
      Action    = ["cloudwatch:PutMetricData"]
      Resource  = ["*"]
      Condition = { StringEquals = { "cloudwatch:namespace" = ["Glue"] } }
    },
  ]

  crawler_statements = [for crawler in [var.crawler] : {
    Sid    = "FillCatalog"
    Effect = "Allow"
    Action = [
      "glue:BatchCreatePartition",
      "glue:BatchGetPartition",
      "glue:BatchUpdatePartition",
      "glue:CreatePartition",
      "glue:CreateTable",
      "glue:GetDatabase",
      "glue:GetPartition",
      "glue:GetPartitions",
      "glue:GetTable",
      "glue:GetTables",
      "glue:UpdatePartition",
      "glue:UpdateTable",
    ]
    Resource = [
      "arn:${local.partition}:glue:*:*:catalog",
      "arn:${local.partition}:glue:*:*:database/${local.crawler_database}",
      "arn:${local.partition}:glue:*:*:table/${local.crawler_database}/*",
    ]
  } if crawler != null]

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

resource "aws_s3_object" "script" {
  bucket      = var.script_bucket
  key         = local.script_key
  source      = var.script
  source_hash = filesha256(var.script)
  tags        = var.tags
}

resource "aws_iam_role" "own" {
  count = var.role == null ? 1 : 0

  name = var.name
  tags = var.tags

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = ["glue.amazonaws.com"] }
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
    Statement = concat(local.run_statements, local.crawler_statements, local.extra_statements)
  })
}

resource "aws_iam_role_policy_attachment" "own" {
  for_each = var.role == null ? var.managed_policy_arns : {}

  role       = aws_iam_role.own[0].name
  policy_arn = each.value
}

resource "aws_glue_job" "this" {
  name              = var.name
  description       = var.description
  role_arn          = local.role_arn
  glue_version      = coalesce(var.glue_version, local.is_spark ? "5.0" : "3.0")
  worker_type       = local.is_spark ? (var.workers == null ? "G.1X" : var.workers.type) : null
  number_of_workers = local.is_spark ? (var.workers == null ? 2 : var.workers.count) : null
  max_capacity      = local.is_spark ? null : coalesce(var.max_capacity, 0.0625)
  execution_class   = local.is_spark ? coalesce(var.execution_class, "STANDARD") : null
  default_arguments = var.default_arguments
  connections       = var.connections
  timeout           = var.timeout
  max_retries       = var.max_retries
  tags              = var.tags

  command {
    name            = var.kind
    python_version  = local.is_spark ? "3" : "3.9"
    script_location = "s3://${aws_s3_object.script.bucket}/${aws_s3_object.script.key}"
  }

  execution_property {
    max_concurrent_runs = var.max_concurrent_runs
  }

  # A run started by a trigger needs the rights at once.
  depends_on = [
    aws_iam_role_policy.own,
    aws_iam_role_policy_attachment.own,
  ]

  lifecycle {
    precondition {
      condition     = local.is_spark || (var.workers == null && var.execution_class == null)
      error_message = "workers and execution_class are for glueetl jobs: a pythonshell job takes max_capacity."
    }

    precondition {
      condition     = !local.is_spark || var.max_capacity == null
      error_message = "max_capacity is for pythonshell jobs: a glueetl job takes workers."
    }
  }
}

resource "aws_glue_trigger" "schedule" {
  count = var.schedule == null ? 0 : 1

  name     = "${var.name}-schedule"
  type     = "SCHEDULED"
  schedule = var.schedule.expression
  enabled  = var.schedule.enabled
  tags     = var.tags

  actions {
    job_name = aws_glue_job.this.name
  }
}

resource "aws_glue_trigger" "after" {
  count = length(var.after_jobs) > 0 ? 1 : 0

  name = "${var.name}-after"
  type = "CONDITIONAL"
  tags = var.tags

  actions {
    job_name = aws_glue_job.this.name
  }

  predicate {
    dynamic "conditions" {
      for_each = var.after_jobs

      content {
        job_name = conditions.value
        state    = "SUCCEEDED"
      }
    }
  }
}

resource "aws_glue_catalog_database" "this" {
  count = var.database == null ? 0 : 1

  name        = var.database.name
  description = var.database.description
  tags        = var.tags
}

resource "aws_glue_crawler" "this" {
  count = var.crawler == null ? 0 : 1

  name          = var.name
  role          = local.role_arn
  database_name = local.crawler_database
  table_prefix  = var.crawler.table_prefix
  schedule      = var.crawler.schedule
  tags          = var.tags

  dynamic "s3_target" {
    for_each = var.crawler.s3_paths

    content {
      path = s3_target.value
    }
  }

  depends_on = [
    aws_iam_role_policy.own,
    aws_iam_role_policy_attachment.own,
  ]

  lifecycle {
    precondition {
      condition     = local.crawler_database != ""
      error_message = "The crawler has no database to fill: give database, or the name of an existing one in crawler."
    }
  }
}
