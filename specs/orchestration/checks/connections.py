"""Airflow finds its connections in Secrets Manager. Arguments: prefix, names. Says names and types, never values."""

import json
import sys

import boto3

prefix, names = sys.argv[1], sys.argv[2:]
secrets = boto3.client("secretsmanager")
faults = []
for name in names:
    try:
        value = json.loads(secrets.get_secret_value(SecretId=f"{prefix}{name}")["SecretString"])
    except secrets.exceptions.ResourceNotFoundException:
        faults.append(f"there is no secret {prefix}{name}")
        continue
    except ValueError:
        faults.append(f"{prefix}{name} holds no JSON")
        continue
    if not value.get("conn_type") or not value.get("host"):
        faults.append(f"{prefix}{name} lacks conn_type or host")
    else:
        print(f"{name}: {value['conn_type']}")
print("\n".join(faults))
sys.exit(1 if faults else 0)
