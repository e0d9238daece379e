"""Batch ingestion: copies hours of GitHub activity, as GH Archive publishes them, into the raw layer.

Environment: BUCKET_NAME (where to write), SOURCE_URL (an https:// or s3:// address, `{hour}` in it becomes
2015-01-01-15), HOURS_PER_RUN (how many hours a scheduled run takes, 6 unless set).
Event: {"hour": "2015-01-01-15"} for one hour; without it, the newest published hours.
"""

import logging
import os
from datetime import datetime, timedelta, timezone

import boto3
from boto3.s3.transfer import TransferConfig
from event_stream import CountingReader
from source import SourceNotFound, open_source

PUBLISHED_AFTER = timedelta(hours=2)
# One part in memory at a time: the smallest Lambda is enough for the largest hour.
TRANSFER = TransferConfig(use_threads=False)

log = logging.getLogger()
log.setLevel(logging.INFO)


def handler(event, context):
    """Writes one object per hour, the same key for the same hour; returns what it wrote and what was missing."""
    bucket, source_url = os.environ["BUCKET_NAME"], os.environ["SOURCE_URL"]
    asked = (event or {}).get("hour")
    hours = [parse_hour(asked)] if asked else newest_hours(datetime.now(timezone.utc), source_url)
    written, missing = [], []
    for hour in hours:
        try:
            written.append(ingest(source_url, bucket, hour))
        except SourceNotFound as error:
            if asked:
                raise
            log.warning("%s", error)
            missing.append(hour_name(hour))
    return {
        "bucket": bucket,
        "objects": written,
        "events": sum(one["events"] for one in written),
        "missing": missing,
    }


def ingest(source_url, bucket, hour):
    """Streams one hour into the raw layer; a source that breaks off leaves no object behind."""
    address, key = source_url.replace("{hour}", hour_name(hour)), raw_key(hour)
    with open_source(address) as body:
        reader = CountingReader(body)
        boto3.client("s3").upload_fileobj(reader, bucket, key, Config=TRANSFER)
    log.info("%s: %d events to s3://%s/%s", address, reader.events, bucket, key)
    return {"hour": hour_name(hour), "key": key, "events": reader.events, "bytes": reader.bytes}


def raw_key(hour):
    return hour.strftime("raw/year=%Y/month=%m/day=%d/hour=%H/events.json.gz")


def parse_hour(text):
    return datetime.strptime(text, "%Y-%m-%d-%H").replace(tzinfo=timezone.utc)


def hour_name(hour):
    """GH Archive writes the hour without a leading zero."""
    return f"{hour:%Y-%m-%d}-{hour.hour}"


def newest_hours(now, source_url):
    """The hours of one scheduled run, oldest first; a source without `{hour}` is one dump, and taken once."""
    last = (now - PUBLISHED_AFTER).replace(minute=0, second=0, microsecond=0)
    count = int(os.environ.get("HOURS_PER_RUN", "6")) if "{hour}" in source_url else 1
    return [last - timedelta(hours=back) for back in reversed(range(count))]
