resource "aws_instance" "this" {
  ami                         = var.image.id != null ? var.image.id : data.aws_ssm_parameter.image[0].insecure_value
  instance_type               = var.instance_type
  subnet_id                   = var.subnet_id
  vpc_security_group_ids      = var.security_group_ids
  iam_instance_profile        = var.instance_profile
  associate_public_ip_address = var.public_ip
  private_ip                  = var.private_ip
  user_data                   = var.script == null ? var.user_data : local.script
  user_data_replace_on_change = var.user_data_replaces
  monitoring                  = var.detailed_monitoring
  disable_api_termination     = var.termination_protection
  tags                        = merge({ Name = var.name }, var.tags)

  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = var.metadata_hops
  }

  root_block_device {
    encrypted   = true
    kms_key_id  = var.root_volume.kms_key_id
    volume_type = "gp3"
    volume_size = var.root_volume.size
    iops        = var.root_volume.iops
    throughput  = var.root_volume.throughput
    tags        = merge({ Name = var.name }, var.tags)
  }

  lifecycle {
    # AWS publishes a new image every few weeks: that alone must replace no host.
    ignore_changes = [ami]

    # 16 KB are 21848 characters of Base64, which counts bytes.
    precondition {
      condition     = local.script == null ? true : length(base64encode(local.script)) <= 21848
      error_message = "The script with its variables must be 16 KB at most."
    }
  }
}

locals {
  # Single quotes are all that Bash reads within single quotes.
  script = var.script == null ? null : join("", [
    "#!/bin/bash\n",
    join("", [for name, value in var.script.environment : "export ${name}='${replace(value, "'", "'\\''")}'\n"]),
    file(var.script.file),
  ])
}

data "aws_ssm_parameter" "image" {
  count = var.image.id == null ? 1 : 0

  name = var.image.parameter
}

resource "aws_route53_record" "this" {
  count = var.dns == null ? 0 : 1

  zone_id = var.dns.zone_id
  name    = var.dns.name
  type    = "A"
  ttl     = var.dns.ttl
  records = [aws_instance.this.private_ip]
}
