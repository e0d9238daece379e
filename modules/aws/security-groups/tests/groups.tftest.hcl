mock_provider "aws" {}

variables {
  vpc_id = "vpc-1"
  prefix = "unit-"
  groups = { airflow = "Runs the work.", webserver = "Answers people." }
}

run "a_flow_between_groups_opens_both_ends" {
  variables {
    flows = { docker-api = { from = "airflow", to = "webserver", port = 2376 } }
  }

  assert {
    condition = alltrue([
      aws_vpc_security_group_ingress_rule.this["docker-api"].security_group_id == aws_security_group.this["webserver"].id,
      aws_vpc_security_group_ingress_rule.this["docker-api"].referenced_security_group_id == aws_security_group.this["airflow"].id,
      aws_vpc_security_group_egress_rule.this["docker-api"].security_group_id == aws_security_group.this["airflow"].id,
      aws_vpc_security_group_egress_rule.this["docker-api"].referenced_security_group_id == aws_security_group.this["webserver"].id,
      output.rule_count == 2,
    ])
    error_message = "Who opens a connection must be let out, and let in at the other end."
  }

  assert {
    condition     = aws_security_group.this["airflow"].name == "unit-airflow"
    error_message = "Names must begin with the prefix."
  }
}

run "a_flow_with_the_outside_opens_our_end" {
  variables {
    flows = {
      https   = { from = "0.0.0.0/0", to = "webserver", port = 443 }
      updates = { from = "airflow", to = "0.0.0.0/0", port = 443 }
      driver  = { from = "10.0.0.0/16", to = "airflow", port = 7078, to_port = 7079 }
    }
  }

  assert {
    condition = alltrue([
      keys(aws_vpc_security_group_ingress_rule.this) == ["driver", "https"],
      keys(aws_vpc_security_group_egress_rule.this) == ["updates"],
      aws_vpc_security_group_ingress_rule.this["https"].cidr_ipv4 == "0.0.0.0/0",
      aws_vpc_security_group_ingress_rule.this["driver"].to_port == 7079,
      output.rule_count == 3,
    ])
    error_message = "One rule for each, at the end that is a group."
  }
}

run "two_groups_may_name_each_other" {
  variables {
    flows = {
      there = { from = "airflow", to = "webserver", port = 2376 }
      back  = { from = "webserver", to = "airflow", port = 8080 }
    }
  }

  assert {
    condition     = output.rule_count == 4
    error_message = "Groups that name each other must be no cycle."
  }
}

run "refuses_docker_without_tls" {
  command = plan

  variables {
    flows = { docker-api = { from = "airflow", to = "webserver", port = 2375 } }
  }

  expect_failures = [var.flows]
}

run "refuses_a_range_that_hides_it" {
  command = plan

  variables {
    flows = { docker-api = { from = "airflow", to = "webserver", port = 2000, to_port = 3000 } }
  }

  expect_failures = [var.flows]
}

run "refuses_ssh_from_the_world" {
  command = plan

  variables {
    flows = { ssh = { from = "0.0.0.0/0", to = "webserver", port = 22 } }
  }

  expect_failures = [var.flows]
}

run "refuses_an_unknown_group" {
  command = plan

  variables {
    flows = { docker-api = { from = "airflw", to = "webserver", port = 2376 } }
  }

  expect_failures = [var.flows]
}

run "refuses_a_flow_that_is_not_ours" {
  command = plan

  variables {
    flows = { far = { from = "10.1.0.0/16", to = "10.2.0.0/16", port = 443 } }
  }

  expect_failures = [var.flows]
}
