"""What GET /platc/health says: versions, and how far each service goes."""

import os
import platform
import shutil
import subprocess
from importlib.metadata import version
from typing import Any, Dict

SERVICES = {
    "s3": "data; unsigned requests need a public policy or ACL; signatures are not verified",
    "dynamodb": "data",
    "sqs": "data",
    "sns": "data",
    "kinesis": "data",
    "kms": "data",
    "secretsmanager": "data",
    "logs": "data; output of functions and jobs is here",
    "lambda": "local process for zips of python* and nodejs*; no memory limit, no VPC",
    "glue pythonshell": "local process",
    "glue glueetl": "state only",
    "glue triggers": "state only, but starting an on-demand trigger starts its jobs",
    "glue crawlers": "state only",
    "scheduler": "state only",
    "athena": "state only",
    "stepfunctions": "state only",
    "ec2": "state only",
    "rds": "state only",
    "eks": "state only",
    "ecs": "state only",
    "iam": "state only; permissions are not enforced",
}


def describe(endpoint: str) -> Dict[str, Any]:
    """A service that is not named is moto's own: its state is kept, its work may not be done."""
    packages = {name: version(name) for name in ("moto", "boto3", "werkzeug")}
    return {
        "status": "ok",
        "endpoint": endpoint,
        "pid": os.getpid(),
        "versions": {"python": platform.python_version(), "node": _node_version(), **packages},
        "services": SERVICES,
        "localProcess": ["lambda python*", *(["lambda nodejs*"] if shutil.which("node") else []), "glue pythonshell"],
    }


def _node_version() -> Any:
    node = shutil.which("node")
    if not node:
        return None
    return subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout.strip().lstrip("v")
