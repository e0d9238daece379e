"""Glue Python shell job: lays a dump of events that lies in the helper bucket into the raw layer, hour by hour.

Arguments: --source_bucket, --source_key (JSON lines, gzip if it ends in .gz), --raw_bucket, --prefix (raw).
"""

import argparse
import contextlib
import gzip
import json
import os
import sys
import tempfile
from datetime import datetime

import boto3


def main(argv):
    """Each hour of the dump becomes one object named after the dump: a second run writes the same ones."""
    options = parse(argv)
    s3 = boto3.client("s3")
    body = s3.get_object(Bucket=options.source_bucket, Key=options.source_key)["Body"]
    with tempfile.TemporaryDirectory() as folder:
        count_by_partition = split(lines_of(body, options.source_key), folder)
        for partition in sorted(count_by_partition):
            key = f"{options.prefix}/{partition}/dump-{dump_name(options.source_key)}.json.gz"
            s3.upload_file(os.path.join(folder, partition), options.raw_bucket, key)
            print(f"{count_by_partition[partition]} events to s3://{options.raw_bucket}/{key}")
    print(f"{sum(count_by_partition.values())} events in {len(count_by_partition)} objects")


def parse(argv):
    parser = argparse.ArgumentParser(allow_abbrev=False)
    for name in ("--source_bucket", "--source_key", "--raw_bucket"):
        parser.add_argument(name, required=True)
    parser.add_argument("--prefix", default="raw")
    return parser.parse_known_args(argv)[0]  # Glue adds arguments of its own


def lines_of(body, key):
    lines = gzip.open(body) if key.endswith(".gz") else body.iter_lines()
    return (line.strip() for line in lines if line.strip())


def split(lines, folder):
    """Writes each event to the file of its hour, for a dump need not be in order; events by partition."""
    writer_by_partition, count_by_partition = {}, {}
    with contextlib.ExitStack() as files:
        for number, line in enumerate(lines, 1):
            partition = partition_of(line, number)
            if partition not in writer_by_partition:
                writer_by_partition[partition] = files.enter_context(create(os.path.join(folder, partition)))
            writer_by_partition[partition].write(line + b"\n")
            count_by_partition[partition] = count_by_partition.get(partition, 0) + 1
    return count_by_partition


@contextlib.contextmanager
def create(path):
    """A gzip file without name and time in it, so that the same events are the same bytes."""
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file, gzip.GzipFile(filename="", mode="wb", fileobj=file, mtime=0) as writer:
        yield writer


def partition_of(line, number):
    try:
        moment = datetime.strptime(json.loads(line)["created_at"], "%Y-%m-%dT%H:%M:%SZ")
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"line {number} of the dump is no event: {error}") from error
    return moment.strftime("year=%Y/month=%m/day=%d/hour=%H")


def dump_name(key):
    return os.path.basename(key).split(".")[0]


if __name__ == "__main__":
    main(sys.argv[1:])
