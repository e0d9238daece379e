data "aws_region" "current" {}

locals {
  # CloudWatch's own grid is 24 wide.
  columns = floor(24 / var.width)

  widgets = [for index, graph in var.graphs : {
    type   = "metric"
    x      = (index % local.columns) * var.width
    y      = floor(index / local.columns) * 6
    width  = var.width
    height = 6
    properties = {
      title   = graph.title
      region  = data.aws_region.current.name
      stat    = graph.statistic
      period  = graph.period
      view    = "timeSeries"
      stacked = false
      metrics = [for metric in graph.metrics : concat(
        [metric.namespace, metric.name],
        flatten([for name in sort(keys(metric.dimensions)) : [name, metric.dimensions[name]]]),
      )]
    }
  }]
}

resource "aws_cloudwatch_dashboard" "this" {
  dashboard_name = var.name
  dashboard_body = jsonencode({ widgets = local.widgets })
}
