locals {
  family = "postgres${split(".", var.engine_version)[0]}"
}

resource "aws_db_subnet_group" "this" {
  name        = var.name
  description = "Subnets of ${var.name}"
  subnet_ids  = var.subnet_ids
  tags        = var.tags
}

resource "aws_security_group" "this" {
  name        = "${var.name}-db"
  description = "Who may reach the database ${var.name}"
  vpc_id      = var.vpc_id
  tags        = merge({ Name = "${var.name}-db" }, var.tags)
}

resource "aws_vpc_security_group_ingress_rule" "this" {
  for_each = var.clients

  security_group_id            = aws_security_group.this.id
  description                  = each.key
  ip_protocol                  = "tcp"
  from_port                    = var.port
  to_port                      = var.port
  referenced_security_group_id = each.value
  tags                         = merge({ Name = each.key }, var.tags)
}

resource "aws_db_parameter_group" "this" {
  name        = var.name
  description = "Settings of ${var.name}"
  family      = local.family
  tags        = var.tags

  # Without it the server takes passwords and data in clear.
  parameter {
    name  = "rds.force_ssl"
    value = "1"
  }

  dynamic "parameter" {
    for_each = var.parameters

    content {
      name  = parameter.key
      value = parameter.value
    }
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_db_instance" "this" {
  identifier     = var.name
  engine         = "postgres"
  engine_version = var.engine_version
  instance_class = var.instance_class
  port           = var.port
  db_name        = var.database
  username       = var.username

  # RDS makes the password, keeps it in Secrets Manager and changes it: it is in no state and in nobody's hands.
  manage_master_user_password   = true
  master_user_secret_kms_key_id = var.secret_kms_key_id

  db_subnet_group_name   = aws_db_subnet_group.this.name
  vpc_security_group_ids = [aws_security_group.this.id]
  parameter_group_name   = aws_db_parameter_group.this.name
  publicly_accessible    = false
  multi_az               = var.multi_az

  allocated_storage     = var.storage.size
  max_allocated_storage = var.storage.max_size
  storage_type          = "gp3"
  storage_encrypted     = true
  kms_key_id            = var.storage.kms_key_id

  backup_retention_period         = var.backup_days
  copy_tags_to_snapshot           = true
  enabled_cloudwatch_logs_exports = ["postgresql", "upgrade"]
  auto_minor_version_upgrade      = true
  apply_immediately               = var.apply_immediately
  deletion_protection             = var.deletion_protection
  skip_final_snapshot             = var.disposable
  final_snapshot_identifier       = var.disposable ? null : "${var.name}-final"
  delete_automated_backups        = var.disposable
  tags                            = merge({ Name = var.name }, var.tags)
}
