mock_provider "aws" {
  mock_resource "aws_s3_object" {
    defaults = {
      arn = "arn:aws:s3:::unit-scripts/scripts/unit/count.py"
    }
  }

  mock_resource "aws_iam_role" {
    defaults = {
      arn = "arn:aws:iam::123456789012:role/unit"
    }
  }
}

variables {
  name          = "unit"
  script        = "./examples/basic/count.py"
  script_bucket = "unit-scripts"
}

run "spark_by_default" {
  assert {
    condition = alltrue([
      one(aws_glue_job.this.command).name == "glueetl",
      one(aws_glue_job.this.command).python_version == "3",
      one(aws_glue_job.this.command).script_location == "s3://unit-scripts/scripts/unit/count.py",
      aws_glue_job.this.glue_version == "5.0",
      aws_glue_job.this.execution_class == "STANDARD",
      aws_glue_job.this.worker_type == "G.1X",
      aws_glue_job.this.number_of_workers == 2,
    ])
    error_message = "Without further words the job must be Spark on Glue 5.0."
  }

  assert {
    condition     = aws_s3_object.script.source_hash == filesha256("./examples/basic/count.py")
    error_message = "The uploaded script must follow the file."
  }

  assert {
    condition     = jsondecode(aws_iam_role_policy.own[0].policy).Statement[*].Sid == ["ReadScript", "WriteLogs", "WriteMetrics"]
    error_message = "The own role must be able to read its script, write logs and metrics, and nothing else."
  }

  assert {
    condition     = jsondecode(aws_iam_role_policy.own[0].policy).Statement[0].Resource == ["arn:aws:s3:::unit-scripts/scripts/unit/count.py"]
    error_message = "The own role must be able to read this script alone."
  }

  assert {
    condition = alltrue([
      length(aws_glue_trigger.schedule) == 0,
      length(aws_glue_trigger.after) == 0,
      length(aws_glue_catalog_database.this) == 0,
      length(aws_glue_crawler.this) == 0,
      output.database == null,
      length(output.trigger_names) == 0,
    ])
    error_message = "What is not asked for must not be made."
  }
}

run "python_shell" {
  variables {
    kind = "pythonshell"
  }

  assert {
    condition = alltrue([
      one(aws_glue_job.this.command).python_version == "3.9",
      aws_glue_job.this.max_capacity == 0.0625,
      aws_glue_job.this.execution_class == null,
    ])
    error_message = "A pythonshell job must run Python 3.9 at the smallest capacity, without an execution class."
  }
}

run "existing_role" {
  variables {
    role = { arn = "arn:aws:iam::123456789012:role/existing" }
  }

  assert {
    condition     = length(aws_iam_role.own) == 0 && length(aws_iam_role_policy.own) == 0
    error_message = "An existing role must be left as it is."
  }

  assert {
    condition     = aws_glue_job.this.role_arn == "arn:aws:iam::123456789012:role/existing" && output.role_arn == aws_glue_job.this.role_arn
    error_message = "The job must run as the existing role."
  }
}

run "triggers" {
  variables {
    schedule   = { expression = "cron(0 6 * * ? *)", timezone = "UTC", enabled = false }
    after_jobs = ["first", "second"]
  }

  assert {
    condition     = aws_glue_trigger.schedule[0].type == "SCHEDULED" && aws_glue_trigger.schedule[0].enabled == false
    error_message = "A schedule must be a trigger by the clock, off when told so."
  }

  assert {
    condition     = one(aws_glue_trigger.after[0].predicate).conditions[*].job_name == tolist(["first", "second"])
    error_message = "The job must wait for all jobs in after_jobs."
  }

  assert {
    condition     = output.trigger_names == ["unit-schedule", "unit-after"]
    error_message = "Both triggers must be told."
  }
}

run "catalog" {
  variables {
    database = { name = "unit_db" }
    crawler  = { s3_paths = ["s3://unit-raw/counts"] }
    statements = [{
      actions   = ["s3:GetObject"]
      resources = ["arn:aws:s3:::unit-raw/*"]
    }]
  }

  assert {
    condition     = aws_glue_crawler.this[0].database_name == "unit_db" && output.database == "unit_db"
    error_message = "The crawler must fill the job's own database."
  }

  assert {
    condition = jsondecode(aws_iam_role_policy.own[0].policy).Statement[3].Resource == [
      "arn:aws:glue:*:*:catalog",
      "arn:aws:glue:*:*:database/unit_db",
      "arn:aws:glue:*:*:table/unit_db/*",
    ]
    error_message = "The crawler must be able to write to its database alone."
  }

  assert {
    condition     = jsondecode(aws_iam_role_policy.own[0].policy).Statement[4] == { Effect = "Allow", Action = ["s3:GetObject"], Resource = ["arn:aws:s3:::unit-raw/*"] }
    error_message = "Further statements must come last, without empty fields."
  }
}

run "refuses_flex_for_python_shell" {
  command = plan

  variables {
    kind            = "pythonshell"
    execution_class = "FLEX"
  }

  expect_failures = [aws_glue_job.this]
}

run "refuses_capacity_for_spark" {
  command = plan

  variables {
    max_capacity = 1
  }

  expect_failures = [aws_glue_job.this]
}

run "refuses_another_time_zone" {
  command = plan

  variables {
    schedule = { expression = "cron(0 15 * * ? *)", timezone = "Asia/Seoul" }
  }

  expect_failures = [var.schedule]
}

run "refuses_an_argument_without_dashes" {
  command = plan

  variables {
    default_arguments = { bucket = "raw" }
  }

  expect_failures = [var.default_arguments]
}

run "refuses_a_missing_script" {
  command = plan

  variables {
    script = "./no/such.py"
  }

  expect_failures = [var.script]
}

run "refuses_a_crawler_without_a_database" {
  command = plan

  variables {
    crawler = { s3_paths = ["s3://unit-raw/counts"] }
  }

  expect_failures = [aws_glue_crawler.this]
}
