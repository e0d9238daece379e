"""Writes an order into the raw layer. Environment: BUCKET_NAME. Event: {"order": 1}."""

import json
import os

import boto3


def handler(event, context):
    """Returns the key of the object that it wrote."""
    key = f"orders/{event['order']}.json"
    boto3.client("s3").put_object(
        Bucket=os.environ["BUCKET_NAME"],
        Key=key,
        Body=json.dumps({"order": event["order"]}).encode(),
        ContentType="application/json",
    )
    return {"key": key}
