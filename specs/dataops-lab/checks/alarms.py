"""So many alarms have a name that begins so, and none of them has gone off. Arguments: prefix, number of alarms."""

import sys

import boto3

prefix, expected = sys.argv[1], int(sys.argv[2])
pages = boto3.client("cloudwatch").get_paginator("describe_alarms").paginate(AlarmNamePrefix=prefix)
states = {alarm["AlarmName"]: alarm["StateValue"] for page in pages for alarm in page["MetricAlarms"]}
faults = [f"{name} is in state {state}" for name, state in sorted(states.items()) if state == "ALARM"]
if len(states) != expected:
    faults.append(f"there are {len(states)} alarms, not {expected}")
print("\n".join(faults) or f"{len(states)} alarms, and none has gone off")
sys.exit(1 if faults else 0)
