"""Every alarm is there and tells the topic. Arguments: prefix, ARN of the topic, number of alarms."""

import sys

import boto3

prefix, topic, expected = sys.argv[1], sys.argv[2], int(sys.argv[3])
alarms = [
    alarm
    for page in boto3.client("cloudwatch").get_paginator("describe_alarms").paginate(AlarmNamePrefix=prefix)
    for alarm in page["MetricAlarms"]
]
faults = [f"{alarm['AlarmName']} does not tell {topic}" for alarm in alarms if topic not in alarm["AlarmActions"]]
faults += [f"{alarm['AlarmName']} is going off" for alarm in alarms if alarm["StateValue"] == "ALARM"]
if len(alarms) != expected:
    faults.append(f"there are {len(alarms)} alarms, not {expected}")
print("\n".join(faults) or f"{len(alarms)} alarms tell the topic")
sys.exit(1 if faults else 0)
