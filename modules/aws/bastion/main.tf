resource "aws_security_group" "this" {
  name        = var.name
  description = "The bastion ${var.name}"
  vpc_id      = var.vpc_id
  tags        = merge({ Name = var.name }, var.tags)
}

resource "aws_vpc_security_group_ingress_rule" "ssh" {
  for_each = var.ssh_cidrs

  security_group_id = aws_security_group.this.id
  description       = "SSH from ${each.key}"
  ip_protocol       = "tcp"
  from_port         = 22
  to_port           = 22
  cidr_ipv4         = each.value
  tags              = merge({ Name = each.key }, var.tags)
}

resource "aws_vpc_security_group_egress_rule" "this" {
  for_each = var.egress

  security_group_id = aws_security_group.this.id
  description       = each.key
  ip_protocol       = "tcp"
  from_port         = each.value.port
  to_port           = each.value.port
  cidr_ipv4         = each.value.cidr
  tags              = merge({ Name = each.key }, var.tags)
}

resource "aws_iam_role" "this" {
  name = var.name
  tags = var.tags

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = ["ec2.amazonaws.com"] }
      Action    = ["sts:AssumeRole"]
    }]
  })
}

# Session Manager: a shell and tunnels without an open port and without a key.
resource "aws_iam_role_policy_attachment" "session" {
  role       = aws_iam_role.this.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"
}

resource "aws_iam_instance_profile" "this" {
  name = var.name
  role = aws_iam_role.this.name
  tags = var.tags
}

# The public half alone: a private key that Terraform makes lies in the state.
resource "aws_key_pair" "this" {
  count = var.public_key == null ? 0 : 1

  key_name   = var.name
  public_key = var.public_key
  tags       = var.tags
}

data "aws_ssm_parameter" "image" {
  count = var.image_id == null ? 1 : 0

  name = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-${var.architecture}"
}

resource "aws_instance" "this" {
  ami                         = var.image_id == null ? data.aws_ssm_parameter.image[0].insecure_value : var.image_id
  instance_type               = var.instance_type
  subnet_id                   = var.subnet_id
  vpc_security_group_ids      = [aws_security_group.this.id]
  iam_instance_profile        = aws_iam_instance_profile.this.name
  key_name                    = one(aws_key_pair.this[*].key_name)
  associate_public_ip_address = length(var.ssh_cidrs) > 0
  tags                        = merge({ Name = var.name }, var.tags)

  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }

  root_block_device {
    encrypted   = true
    volume_type = "gp3"
    volume_size = 8
    tags        = merge({ Name = var.name }, var.tags)
  }

  lifecycle {
    # AWS publishes a new image every few weeks: that alone must replace no host.
    ignore_changes = [ami]
  }
}
