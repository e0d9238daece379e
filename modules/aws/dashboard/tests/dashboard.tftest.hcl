mock_provider "aws" {
  mock_data "aws_region" {
    defaults = { name = "ap-northeast-2" }
  }
}

variables {
  name = "unit"
  graphs = [for title in ["one", "two", "three"] : {
    title   = title
    metrics = [{ namespace = "AWS/RDS", name = "CPUUtilization", dimensions = { DBInstanceIdentifier = "db" } }]
  }]
}

run "graphs_in_rows" {
  assert {
    condition     = [for widget in jsondecode(aws_cloudwatch_dashboard.this.dashboard_body).widgets : [widget.x, widget.y]] == [[0, 0], [12, 0], [0, 6]]
    error_message = "Two graphs must stand in a row, and the third below them."
  }

  assert {
    condition     = jsondecode(aws_cloudwatch_dashboard.this.dashboard_body).widgets[0].properties.metrics == [["AWS/RDS", "CPUUtilization", "DBInstanceIdentifier", "db"]]
    error_message = "A metric is its namespace, its name, and its dimensions."
  }
}

run "refuses_a_graph_of_nothing" {
  command = plan

  variables {
    graphs = [{ title = "empty", metrics = [] }]
  }

  expect_failures = [var.graphs]
}
