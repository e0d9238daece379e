locals {
  # A flow between two groups opens both ends; one from or to the outside opens the end that is ours.
  ingress = { for name, flow in var.flows : name => flow if contains(keys(var.groups), flow.to) }
  egress  = { for name, flow in var.flows : name => flow if contains(keys(var.groups), flow.from) }
}

resource "aws_security_group" "this" {
  for_each = var.groups

  name        = "${var.prefix}${each.key}"
  description = each.value
  vpc_id      = var.vpc_id
  tags        = merge({ Name = "${var.prefix}${each.key}" }, var.tags)
}

# A resource per rule: groups that name each other would otherwise be a cycle, and one rule could not change alone.
resource "aws_vpc_security_group_ingress_rule" "this" {
  for_each = local.ingress

  security_group_id            = aws_security_group.this[each.value.to].id
  description                  = coalesce(each.value.description, each.key)
  ip_protocol                  = each.value.protocol
  from_port                    = each.value.port
  to_port                      = each.value.to_port == null ? each.value.port : each.value.to_port
  cidr_ipv4                    = contains(keys(var.groups), each.value.from) ? null : each.value.from
  referenced_security_group_id = contains(keys(var.groups), each.value.from) ? aws_security_group.this[each.value.from].id : null
  tags                         = merge({ Name = each.key }, var.tags)
}

resource "aws_vpc_security_group_egress_rule" "this" {
  for_each = local.egress

  security_group_id            = aws_security_group.this[each.value.from].id
  description                  = coalesce(each.value.description, each.key)
  ip_protocol                  = each.value.protocol
  from_port                    = each.value.port
  to_port                      = each.value.to_port == null ? each.value.port : each.value.to_port
  cidr_ipv4                    = contains(keys(var.groups), each.value.to) ? null : each.value.to
  referenced_security_group_id = contains(keys(var.groups), each.value.to) ? aws_security_group.this[each.value.to].id : null
  tags                         = merge({ Name = each.key }, var.tags)
}
