mock_provider "aws" {
  mock_data "aws_ssm_parameter" {
    defaults = { insecure_value = "ami-1" }
  }
}

variables {
  name      = "unit"
  vpc_id    = "vpc-1"
  subnet_id = "subnet-1"
}

run "closed_by_default" {
  assert {
    condition = alltrue([
      length(aws_vpc_security_group_ingress_rule.ssh) == 0,
      length(aws_key_pair.this) == 0,
      !aws_instance.this.associate_public_ip_address,
      aws_iam_role_policy_attachment.session.policy_arn == "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore",
    ])
    error_message = "Without ranges there must be no way in but Session Manager."
  }

  assert {
    condition = alltrue([
      aws_instance.this.metadata_options[0].http_tokens == "required",
      aws_instance.this.root_block_device[0].encrypted,
    ])
    error_message = "The host must take tokens only, and be encrypted."
  }
}

run "ssh_from_named_places" {
  variables {
    public_key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ0 me"
    ssh_cidrs  = { office = "203.0.113.0/24" }
  }

  assert {
    condition = alltrue([
      aws_vpc_security_group_ingress_rule.ssh["office"].cidr_ipv4 == "203.0.113.0/24",
      aws_vpc_security_group_ingress_rule.ssh["office"].from_port == 22,
      aws_instance.this.key_name == "unit",
      aws_instance.this.associate_public_ip_address,
    ])
    error_message = "SSH must come from the named place, with the given key."
  }
}

run "refuses_the_world" {
  command = plan

  variables {
    public_key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ0 me"
    ssh_cidrs  = { world = "0.0.0.0/0" }
  }

  expect_failures = [var.ssh_cidrs]
}

run "refuses_ssh_without_a_key" {
  command = plan

  variables {
    ssh_cidrs = { office = "203.0.113.0/24" }
  }

  expect_failures = [var.ssh_cidrs]
}

run "refuses_a_private_key" {
  command = plan

  variables {
    public_key = "-----BEGIN OPENSSH PRIVATE KEY-----"
  }

  expect_failures = [var.public_key]
}
