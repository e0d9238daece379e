"""Real-time ingestion: writes the GitHub events of one invocation into the raw layer.

Environment: BUCKET_NAME (where to write).
Event: {"events": [...]}, a list of events, one event, or SQS records whose bodies are events.
"""

import gzip
import hashlib
import json
import logging
import os
from collections import defaultdict
from datetime import datetime

import boto3

REQUIRED = ("id", "type", "created_at")

log = logging.getLogger()
log.setLevel(logging.INFO)


def handler(event, context):
    """Writes one object per hour of the events; the same events make the same keys, so a retry changes nothing."""
    bucket, events = os.environ["BUCKET_NAME"], events_of(event)
    check(events)
    events_by_partition = defaultdict(list)
    for one in events:
        events_by_partition[partition(one["created_at"])].append(one)
    keys = [write(bucket, folder, found) for folder, found in sorted(events_by_partition.items())]
    log.info("%d events to s3://%s: %s", len(events), bucket, ", ".join(keys))
    return {"bucket": bucket, "objects": keys, "events": len(events)}


def events_of(payload):
    if isinstance(payload, list):
        return payload
    if "Records" in payload:
        return [json.loads(record["body"]) for record in payload["Records"]]
    return payload["events"] if "events" in payload else [payload] if payload else []


def check(events):
    """All that is wrong at once; nothing is written of a batch with a fault."""
    faults = [
        f"event {position}: no {name}"
        for position, event in enumerate(events)
        for name in REQUIRED
        if not (isinstance(event, dict) and event.get(name))
    ]
    if faults:
        raise ValueError("; ".join(faults))


def partition(created_at):
    moment = datetime.strptime(created_at, "%Y-%m-%dT%H:%M:%SZ")
    return moment.strftime("raw/year=%Y/month=%m/day=%d/hour=%H")


def write(bucket, folder, events):
    ordered = sorted(events, key=lambda event: str(event["id"]))
    lines = "".join(json.dumps(event, sort_keys=True) + "\n" for event in ordered).encode()
    key = f"{folder}/realtime-{hashlib.sha256(lines).hexdigest()[:16]}.json.gz"
    boto3.client("s3").put_object(Bucket=bucket, Key=key, Body=gzip.compress(lines, mtime=0))
    return key
