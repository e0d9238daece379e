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

run "an_image_of_its_own" {
  variables {
    image = { id = "ami-own" }
  }

  assert {
    condition     = aws_instance.this.ami == "ami-own" && length(data.aws_ssm_parameter.image) == 0
    error_message = "An image by id needs no parameter."
  }
}
