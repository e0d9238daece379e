"""Opens what SOURCE_URL names as a stream of bytes."""

import urllib.error
import urllib.request
from urllib.parse import urlsplit

import boto3
from botocore.exceptions import ClientError

SECONDS = 30


class SourceNotFound(Exception):
    """The source has nothing at this address (yet)."""


def open_source(address):
    """A readable, closable body; raises SourceNotFound where there is none."""
    parts = urlsplit(address)
    if parts.scheme == "s3":
        return _open_object(parts.netloc, parts.path.lstrip("/"))
    if parts.scheme in ("https", "http"):
        return _open_page(address)
    raise ValueError(f"SOURCE_URL must start with https:// or s3://, not {address!r}")


def _open_object(bucket, key):
    try:
        return boto3.client("s3").get_object(Bucket=bucket, Key=key)["Body"]
    except ClientError as error:
        if error.response["Error"]["Code"] == "NoSuchKey":
            raise SourceNotFound(f"s3://{bucket}/{key} does not exist") from error
        raise


def _open_page(address):
    request = urllib.request.Request(address, headers={"User-Agent": "d2b-ingestion"})
    try:
        return urllib.request.urlopen(request, timeout=SECONDS)
    except urllib.error.HTTPError as error:
        if error.code == 404:
            raise SourceNotFound(f"{address} does not exist") from error
        raise
