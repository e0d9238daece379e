"""AWS has as many rules as the table makes, and none that the table must not make. Arguments: prefix, number of rules."""

import sys

import boto3

WORLD = "0.0.0.0/0"
prefix, expected = sys.argv[1], int(sys.argv[2])
ec2 = boto3.client("ec2")
groups = {
    group["GroupId"]: group["GroupName"].removeprefix(prefix)
    for page in ec2.get_paginator("describe_security_groups").paginate()
    for group in page["SecurityGroups"]
    if group["GroupName"].startswith(prefix)
}
rules = [
    rule
    for page in ec2.get_paginator("describe_security_group_rules").paginate(
        Filters=[{"Name": "group-id", "Values": sorted(groups)}]
    )
    for rule in page["SecurityGroupRules"]
]
faults = []
if sorted(groups.values()) != ["airflow", "gold", "kafka", "spark", "webserver"]:
    faults.append(f"the groups are {sorted(groups.values())}")
if len(rules) != expected:
    faults.append(f"there are {len(rules)} rules, not {expected}")
for rule in rules:
    name, first, last = groups[rule["GroupId"]], rule["FromPort"], rule["ToPort"]
    if first <= 2375 <= last:
        faults.append(f"{name} has Docker without TLS open: {rule['SecurityGroupRuleId']}")
    if not rule["IsEgress"] and rule.get("CidrIpv4") == WORLD and (name != "webserver" or first not in (80, 443)):
        faults.append(f"{name} lets the world in at {first}")
print("\n".join(faults) or f"{len(rules)} rules of {len(groups)} groups are as the table says")
sys.exit(1 if faults else 0)
