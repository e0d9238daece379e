mock_provider "aws" {}

variables {
  name      = "unit"
  metric    = { namespace = "AWS/EC2", name = "StatusCheckFailed", dimensions = { InstanceId = "i-1" } }
  threshold = 0
}

run "two_bad_minutes" {
  assert {
    condition = alltrue([
      aws_cloudwatch_metric_alarm.this.comparison_operator == "GreaterThanThreshold",
      aws_cloudwatch_metric_alarm.this.period == 60,
      aws_cloudwatch_metric_alarm.this.evaluation_periods == 2,
      aws_cloudwatch_metric_alarm.this.datapoints_to_alarm == 2,
      aws_cloudwatch_metric_alarm.this.dimensions == tomap({ InstanceId = "i-1" }),
      aws_cloudwatch_metric_alarm.this.treat_missing_data == "missing",
    ])
    error_message = "Unless said otherwise, two minutes above the threshold are bad."
  }
}

run "tells_topics" {
  variables {
    topic_arns     = ["arn:aws:sns:ap-northeast-2:123456789012:unit"]
    tell_when_over = false
    comparison     = "<="
  }

  assert {
    condition = alltrue([
      aws_cloudwatch_metric_alarm.this.alarm_actions == toset(["arn:aws:sns:ap-northeast-2:123456789012:unit"]),
      length(aws_cloudwatch_metric_alarm.this.ok_actions) == 0,
      aws_cloudwatch_metric_alarm.this.comparison_operator == "LessThanOrEqualToThreshold",
    ])
    error_message = "The topics must be told, and of the end only where asked for."
  }
}

run "refuses_another_comparison" {
  command = plan

  variables {
    comparison = "!="
  }

  expect_failures = [var.comparison]
}

run "refuses_a_period_that_cloudwatch_lacks" {
  command = plan

  variables {
    period = 45
  }

  expect_failures = [var.period]
}

run "refuses_more_bad_values_than_there_are" {
  command = plan

  variables {
    datapoints = 3
  }

  expect_failures = [var.datapoints]
}
