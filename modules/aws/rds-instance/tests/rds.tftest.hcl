mock_provider "aws" {
  mock_resource "aws_security_group" {
    defaults = { id = "sg-db" }
  }
}

variables {
  name       = "unit"
  vpc_id     = "vpc-1"
  subnet_ids = ["subnet-1", "subnet-2"]
  clients    = { bastion = "sg-1" }
}

run "private_encrypted_and_without_a_password" {
  assert {
    condition = alltrue([
      aws_db_instance.this.manage_master_user_password,
      aws_db_instance.this.password == null,
      !aws_db_instance.this.publicly_accessible,
      aws_db_instance.this.storage_encrypted,
      aws_db_instance.this.deletion_protection,
      !aws_db_instance.this.skip_final_snapshot,
      aws_db_instance.this.final_snapshot_identifier == "unit-final",
    ])
    error_message = "The database must be private, encrypted and kept, and RDS must keep its password."
  }

  assert {
    condition     = one([for one in aws_db_parameter_group.this.parameter : one.value if one.name == "rds.force_ssl"]) == "1"
    error_message = "Connections must be encrypted."
  }

  assert {
    condition     = aws_db_parameter_group.this.family == "postgres16"
    error_message = "The family follows the version."
  }
}

run "only_named_groups_get_in" {
  assert {
    condition = alltrue([
      aws_vpc_security_group_ingress_rule.this["bastion"].referenced_security_group_id == "sg-1",
      aws_vpc_security_group_ingress_rule.this["bastion"].cidr_ipv4 == null,
      aws_vpc_security_group_ingress_rule.this["bastion"].from_port == 5432,
      length(aws_vpc_security_group_ingress_rule.this) == 1,
    ])
    error_message = "A group must get in on the port of the database, and no address range."
  }
}

run "disposable" {
  variables {
    disposable          = true
    deletion_protection = false
  }

  assert {
    condition     = aws_db_instance.this.skip_final_snapshot && aws_db_instance.this.final_snapshot_identifier == null
    error_message = "A disposable database must leave no snapshot."
  }
}

run "refuses_one_subnet" {
  command = plan

  variables {
    subnet_ids = ["subnet-1"]
  }

  expect_failures = [var.subnet_ids]
}

run "refuses_a_reserved_user" {
  command = plan

  variables {
    username = "rdsadmin"
  }

  expect_failures = [var.username]
}

run "refuses_clear_text" {
  command = plan

  variables {
    parameters = { "rds.force_ssl" = "0" }
  }

  expect_failures = [var.parameters]
}
