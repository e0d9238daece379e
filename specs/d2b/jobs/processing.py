"""Glue Python shell job: counts the events of the raw layer and writes the counts to the processed layer.

Arguments: --raw_bucket, --processed_bucket, --prefix (raw), --output_prefix (processed).
Writes <output_prefix>/counts.json: {"events", "by_type", "by_repository", "by_actor"}, keys in order.
"""

import argparse
import gzip
import json
import sys
from collections import Counter

import boto3


def main(argv):
    """Fails where there is nothing to count or a line is no event: silence would look like an empty day."""
    options = parse(argv)
    s3 = boto3.client("s3")
    counts = Counts()
    keys = raw_keys(s3, options.raw_bucket, options.prefix)
    for key in keys:
        read_object(s3, options.raw_bucket, key, counts)
    if not keys:
        sys.exit(f"nothing under s3://{options.raw_bucket}/{options.prefix}/: has ingestion run?")
    output_key = f"{options.output_prefix}/counts.json"
    s3.put_object(
        Bucket=options.processed_bucket, Key=output_key, Body=counts.to_json(), ContentType="application/json"
    )
    print(f"{counts.events} events ({counts.repeated} repeated) of {len(keys)} objects")
    print(f"to s3://{options.processed_bucket}/{output_key}")


def parse(argv):
    parser = argparse.ArgumentParser(allow_abbrev=False)
    for name in ("--raw_bucket", "--processed_bucket"):
        parser.add_argument(name, required=True)
    parser.add_argument("--prefix", default="raw")
    parser.add_argument("--output_prefix", default="processed")
    return parser.parse_known_args(argv)[0]  # Glue adds arguments of its own


def raw_keys(s3, bucket, prefix):
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=f"{prefix.rstrip('/')}/")
    return [found["Key"] for page in pages for found in page.get("Contents", [])]


def read_object(s3, bucket, key, counts):
    body = s3.get_object(Bucket=bucket, Key=key)["Body"]
    lines = gzip.open(body) if key.endswith(".gz") else body.iter_lines()
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                counts.add(json.loads(line))
            except (KeyError, TypeError, ValueError) as error:
                raise ValueError(f"s3://{bucket}/{key} line {number} is no event: {error!r}") from error


class Counts:
    """Batch and real time may both bring an event: its id counts once."""

    def __init__(self):
        self._ids = set()
        self.repeated = 0
        self.by_type, self.by_repository, self.by_actor = Counter(), Counter(), Counter()

    @property
    def events(self):
        return len(self._ids)

    def add(self, event):
        identity = str(event["id"])
        kind, repository, actor = event["type"], event["repo"]["name"], event["actor"]["login"]
        if identity in self._ids:
            self.repeated += 1
            return
        self._ids.add(identity)
        self.by_type[kind] += 1
        self.by_repository[repository] += 1
        self.by_actor[actor] += 1

    def to_json(self):
        found = {
            "events": self.events,
            "by_type": self.by_type,
            "by_repository": self.by_repository,
            "by_actor": self.by_actor,
        }
        return (json.dumps(found, indent=2, sort_keys=True) + "\n").encode()


if __name__ == "__main__":
    main(sys.argv[1:])
