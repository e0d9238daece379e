mock_provider "aws" {
  mock_data "aws_region" {
    defaults = { name = "ap-northeast-2" }
  }
}

variables {
  name            = "unit"
  public_subnets  = { ap-northeast-2a = "10.0.1.0/24", ap-northeast-2c = "10.0.3.0/24" }
  private_subnets = { ap-northeast-2a = "10.0.101.0/24", ap-northeast-2c = "10.0.103.0/24" }
}

run "one_gateway_that_all_share" {
  assert {
    condition = alltrue([
      keys(aws_nat_gateway.this) == ["ap-northeast-2a"],
      aws_route.nat["ap-northeast-2c"].nat_gateway_id == aws_nat_gateway.this["ap-northeast-2a"].id,
      length(aws_route_table.private) == 2,
    ])
    error_message = "The private subnets must share one gateway, each by a route table of its own."
  }

  assert {
    condition     = aws_vpc_endpoint.s3[0].service_name == "com.amazonaws.ap-northeast-2.s3"
    error_message = "S3 must be reached directly."
  }

  assert {
    condition     = output.zone_id == null
    error_message = "There is no DNS zone unless one is named."
  }
}

run "a_gateway_per_zone" {
  variables {
    nat = "zonal"
  }

  assert {
    condition = alltrue([
      length(aws_nat_gateway.this) == 2,
      aws_route.nat["ap-northeast-2c"].nat_gateway_id == aws_nat_gateway.this["ap-northeast-2c"].id,
    ])
    error_message = "Every zone must have a gateway of its own."
  }
}

run "closed" {
  variables {
    nat            = "none"
    public_subnets = {}
    private_zone   = "unit.internal"
  }

  assert {
    condition = alltrue([
      length(aws_nat_gateway.this) == 0,
      length(aws_internet_gateway.this) == 0,
      length(aws_route.nat) == 0,
      length(aws_route53_zone.this) == 1,
    ])
    error_message = "Without public subnets and gateways nothing leads to the internet."
  }
}

run "refuses_a_gateway_without_a_place" {
  command = plan

  variables {
    public_subnets = {}
  }

  expect_failures = [var.nat]
}

run "refuses_a_zone_without_its_gateway" {
  command = plan

  variables {
    nat            = "zonal"
    public_subnets = { ap-northeast-2a = "10.0.1.0/24" }
  }

  expect_failures = [var.nat]
}

run "refuses_a_range_that_aws_does_not_take" {
  command = plan

  variables {
    cidr = "10.0.0.0/8"
  }

  expect_failures = [var.cidr]
}
