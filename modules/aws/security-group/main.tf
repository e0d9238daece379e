locals {
  ingress = { for name, rule in var.ingress : name => merge(rule, { to_port = rule.to_port == null ? rule.port : rule.to_port }) }
  egress  = { for name, rule in var.egress : name => merge(rule, { to_port = rule.to_port == null ? rule.port : rule.to_port }) }
}

resource "aws_security_group" "this" {
  name        = var.name
  description = var.description
  vpc_id      = var.vpc_id
  tags        = merge({ Name = var.name }, var.tags)
}

# A resource per rule: groups that name each other would otherwise be a cycle, and one rule could not change alone.
resource "aws_vpc_security_group_ingress_rule" "this" {
  for_each = local.ingress

  security_group_id            = aws_security_group.this.id
  description                  = coalesce(each.value.description, each.key)
  ip_protocol                  = each.value.protocol
  from_port                    = each.value.protocol == "-1" ? null : each.value.port
  to_port                      = each.value.protocol == "-1" ? null : each.value.to_port
  cidr_ipv4                    = each.value.cidr
  referenced_security_group_id = each.value.group_id
  tags                         = merge({ Name = each.key }, var.tags)
}

resource "aws_vpc_security_group_egress_rule" "this" {
  for_each = local.egress

  security_group_id            = aws_security_group.this.id
  description                  = coalesce(each.value.description, each.key)
  ip_protocol                  = each.value.protocol
  from_port                    = each.value.protocol == "-1" ? null : each.value.port
  to_port                      = each.value.protocol == "-1" ? null : each.value.to_port
  cidr_ipv4                    = each.value.cidr
  referenced_security_group_id = each.value.group_id
  tags                         = merge({ Name = each.key }, var.tags)
}
