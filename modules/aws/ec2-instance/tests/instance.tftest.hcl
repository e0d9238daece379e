mock_provider "aws" {
  mock_data "aws_ssm_parameter" {
    defaults = { insecure_value = "ami-newest" }
  }
}

variables {
  name               = "unit"
  instance_type      = "t3.micro"
  subnet_id          = "subnet-1"
  security_group_ids = ["sg-1"]
}

run "safe_by_itself" {
  assert {
    condition = alltrue([
      aws_instance.this.metadata_options[0].http_tokens == "required",
      aws_instance.this.metadata_options[0].http_put_response_hop_limit == 1,
      aws_instance.this.root_block_device[0].encrypted,
      aws_instance.this.root_block_device[0].volume_type == "gp3",
      aws_instance.this.associate_public_ip_address == false,
    ])
    error_message = "Metadata must need a token, the volume must be encrypted, and the address private."
  }

  assert {
    condition     = aws_instance.this.ami == "ami-newest"
    error_message = "Without an image it must be the one that the parameter names."
  }
}

run "a_name_in_dns" {
  variables {
    dns = { zone_id = "Z1", name = "unit.internal" }
  }

  assert {
    condition = alltrue([
      aws_route53_record.this[0].name == "unit.internal",
      aws_route53_record.this[0].records == toset([aws_instance.this.private_ip]),
      output.host == "unit.internal",
    ])
    error_message = "The name must lead to the private address."
  }
}

run "refuses_what_is_no_type" {
  command = plan

  variables {
    instance_type = "large"
  }

  expect_failures = [var.instance_type]
}

run "refuses_what_is_no_address" {
  command = plan

  variables {
    private_ip = "10.0.1"
  }

  expect_failures = [var.private_ip]
}

run "a_script_with_its_variables" {
  variables {
    script = { file = "tests/first-start.sh", environment = { PEER = "it's $HOME" } }
  }

  assert {
    condition     = aws_instance.this.user_data == "#!/bin/bash\nexport PEER='it'\\''s $HOME'\necho \"$PEER\"\n"
    error_message = "Bash must read each variable exactly as it was given."
  }
}

run "refuses_a_script_that_is_too_long" {
  command = plan

  variables {
    script = { file = "tests/first-start.sh", environment = { PEER = join("", [for one in range(1000) : "가가가가가가"]) } }
  }

  expect_failures = [aws_instance.this]
}

run "refuses_a_script_and_a_text" {
  command = plan

  variables {
    script    = { file = "tests/first-start.sh" }
    user_data = "#!/bin/sh"
  }

  expect_failures = [var.script]
}

run "refuses_a_variable_that_bash_lacks" {
  command = plan

  variables {
    script = { file = "tests/first-start.sh", environment = { "a-b" = "" } }
  }

  expect_failures = [var.script]
}
