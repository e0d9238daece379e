resource "aws_cloudwatch_metric_alarm" "this" {
  alarm_name          = var.name
  alarm_description   = var.description
  namespace           = var.metric.namespace
  metric_name         = var.metric.name
  dimensions          = var.metric.dimensions
  statistic           = var.statistic
  comparison_operator = local.comparisons[var.comparison]
  threshold           = var.threshold
  period              = var.period
  evaluation_periods  = var.periods
  datapoints_to_alarm = coalesce(var.datapoints, var.periods)
  treat_missing_data  = var.missing_data
  alarm_actions       = var.topic_arns
  ok_actions          = var.tell_when_over ? var.topic_arns : []
  tags                = var.tags
}

locals {
  comparisons = {
    ">"  = "GreaterThanThreshold"
    ">=" = "GreaterThanOrEqualToThreshold"
    "<"  = "LessThanThreshold"
    "<=" = "LessThanOrEqualToThreshold"
  }
}
