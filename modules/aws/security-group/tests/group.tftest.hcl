mock_provider "aws" {}

variables {
  name   = "unit"
  vpc_id = "vpc-1"
}

run "nothing_is_open_by_itself" {
  assert {
    condition     = length(aws_vpc_security_group_ingress_rule.this) + length(aws_vpc_security_group_egress_rule.this) == 0
    error_message = "A group without rules must have none."
  }
}

run "a_resource_per_rule" {
  variables {
    ingress = {
      postgres = { port = 5432, group_id = "sg-other", description = "From the other group." }
      driver   = { port = 7078, to_port = 7079, cidr = "10.0.0.0/16" }
    }
    egress = { all = { protocol = "-1", cidr = "0.0.0.0/0" } }
  }

  assert {
    condition = alltrue([
      aws_vpc_security_group_ingress_rule.this["postgres"].from_port == 5432,
      aws_vpc_security_group_ingress_rule.this["postgres"].to_port == 5432,
      aws_vpc_security_group_ingress_rule.this["postgres"].referenced_security_group_id == "sg-other",
      aws_vpc_security_group_ingress_rule.this["postgres"].cidr_ipv4 == null,
      aws_vpc_security_group_ingress_rule.this["postgres"].description == "From the other group.",
    ])
    error_message = "A rule about a group must name the group and one port."
  }

  assert {
    condition = alltrue([
      aws_vpc_security_group_ingress_rule.this["driver"].from_port == 7078,
      aws_vpc_security_group_ingress_rule.this["driver"].to_port == 7079,
      aws_vpc_security_group_ingress_rule.this["driver"].cidr_ipv4 == "10.0.0.0/16",
      aws_vpc_security_group_ingress_rule.this["driver"].description == "driver",
    ])
    error_message = "A rule may be about a range of ports, and is described by its name."
  }

  assert {
    condition = alltrue([
      aws_vpc_security_group_egress_rule.this["all"].ip_protocol == "-1",
      aws_vpc_security_group_egress_rule.this["all"].from_port == null,
    ])
    error_message = "A rule about everything must have no port."
  }
}

run "refuses_ssh_from_the_world" {
  command = plan

  variables {
    ingress = { ssh = { port = 22, cidr = "0.0.0.0/0" } }
  }

  expect_failures = [var.ingress]
}

run "refuses_a_range_that_hides_ssh" {
  command = plan

  variables {
    ingress = { many = { port = 443, to_port = 8443, cidr = "0.0.0.0/0" } }
  }

  expect_failures = [var.ingress]
}

run "refuses_a_rule_about_nobody" {
  command = plan

  variables {
    egress = { lost = { port = 443 } }
  }

  expect_failures = [var.egress]
}

run "refuses_a_rule_without_a_port" {
  command = plan

  variables {
    ingress = { lost = { cidr = "10.0.0.0/16" } }
  }

  expect_failures = [var.ingress]
}

run "refuses_what_is_no_range" {
  command = plan

  variables {
    ingress = { lost = { port = 443, cidr = "10.0.0.0" } }
  }

  expect_failures = [var.ingress]
}
