mock_provider "aws" {}

variables {
  name          = "unit/database"
  fields        = { host = "db.internal" }
  secret_fields = { password = "planted" }
}

run "the_value_is_in_no_state" {
  assert {
    condition = alltrue([
      aws_secretsmanager_secret_version.this.secret_string == null || aws_secretsmanager_secret_version.this.secret_string == "",
      aws_secretsmanager_secret_version.this.secret_string_wo == null,
      aws_secretsmanager_secret_version.this.secret_string_wo_version == 1,
    ])
    error_message = "The value must be write-only."
  }

  assert {
    condition     = aws_secretsmanager_secret.this.recovery_window_in_days == 30
    error_message = "A deleted secret can be restored for 30 days."
  }
}

run "refuses_a_window_that_aws_lacks" {
  command = plan

  variables {
    recovery_window_in_days = 3
  }

  expect_failures = [var.recovery_window_in_days]
}

run "refuses_a_name_with_spaces" {
  command = plan

  variables {
    name = "unit database"
  }

  expect_failures = [var.name]
}
