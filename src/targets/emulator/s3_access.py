"""Who may read and write an emulated bucket: unsigned requests only what a policy or an ACL opens to everybody.

Signatures themselves are not verified: any signed request is the owner's. A policy's Deny for everybody holds for
the owner too. A condition that cannot be decided here neither denies nor allows.
"""

import json
import re
from typing import Any, Callable, Dict, List, Optional

from moto.iam.access_control import PermissionResult
from moto.s3.exceptions import S3AccessDeniedError
from moto.s3.models import FakeBucket
from moto.s3.responses import S3Response

# Loopback stands in for TLS: `Deny` unless aws:SecureTransport must not lock everybody out.
KNOWN_CONDITIONS = {"aws:securetransport": "true", "aws:sourceip": "127.0.0.1"}
SIGNATURES = ("X-Amz-Signature", "Signature")


def install_s3_access() -> None:
    """Puts the checks before moto's own handling of bucket and object requests."""
    bucket_response, key_response = S3Response._bucket_response, S3Response._key_response

    def checked_bucket_response(response: Any, request: Any, full_url: str) -> Any:
        _check(response, request, response.bucket_name, "")
        return bucket_response(response, request, full_url)

    def checked_key_response(response: Any, request: Any, full_url: str) -> Any:
        _check(response, request, response.bucket_name, response.parse_key_name())
        return key_response(response, request, full_url)

    S3Response._bucket_response = checked_bucket_response
    S3Response._key_response = checked_key_response
    FakeBucket.get_permission = lambda bucket, action, resource: evaluate(_policy(bucket), action, resource)


def _check(response: Any, request: Any, bucket_name: str, key: str) -> None:
    if request.method == "OPTIONS":
        return
    bucket = response.backend.buckets.get(bucket_name)
    if bucket_name and not bucket:
        return  # moto answers NoSuchBucket, or makes it
    action = _action(request, key)
    permission = PermissionResult.NEUTRAL
    if bucket and action:
        resource = f"arn:{bucket.partition}:s3:::{bucket_name}" + (f"/{key}" if key else "")
        permission = evaluate(_policy(bucket), action, resource)
    if permission == PermissionResult.DENIED:
        raise S3AccessDeniedError()
    if not _is_signed(request) and not _is_public(response, bucket, key, action, permission):
        raise S3AccessDeniedError()


def _is_signed(request: Any) -> bool:
    if "Authorization" in request.headers or any(name in request.args for name in SIGNATURES):
        return True
    form = request.form if request.mimetype == "multipart/form-data" else {}
    return any(name in form for name in ("x-amz-signature", "X-Amz-Signature", "signature"))


def _is_public(response: Any, bucket: Any, key: str, action: Optional[str], permission: Any) -> bool:
    block = bucket and bucket.public_access_block
    if not bucket or not action:
        return False
    if permission == PermissionResult.PERMITTED:
        return not (block and block.restrict_public_buckets)
    if block and block.ignore_public_acls:
        return False
    if action == "s3:ListBucket":
        return bool(bucket.acl and bucket.acl.public_read)
    found = response.backend.get_object(bucket.name, key) if action == "s3:GetObject" else None
    return bool(found and found.acl and found.acl.public_read)


def _action(request: Any, key: str) -> Optional[str]:
    """The permission that a request for objects needs; None for a bucket's or an object's configuration."""
    configuration = set(request.args) & {"acl", "tagging", "policy", "versioning", "lifecycle", "encryption", "cors",
        "logging", "website", "notification", "replication", "publicAccessBlock", "ownershipControls", "location",
        "object-lock", "accelerate", "requestPayment", "retention", "legal-hold", "policyStatus",
        "inventory", "metrics", "analytics", "intelligent-tiering"}  # fmt: skip
    if configuration:
        return None
    if key:
        by_method = {"GET": "s3:GetObject", "HEAD": "s3:GetObject", "DELETE": "s3:DeleteObject"}
        return by_method.get(request.method, "s3:PutObject")
    by_method = {"GET": "s3:ListBucket", "HEAD": "s3:ListBucket", "DELETE": "s3:DeleteBucket"}
    return by_method.get(request.method)


def _policy(bucket: Any) -> Dict[str, Any]:
    return json.loads(bucket.policy.decode("utf-8")) if bucket.policy else {}


def evaluate(policy: Dict[str, Any], action: str, resource: str) -> Any:
    """What a bucket policy says to everybody; statements for named principals say nothing to them."""
    permission = PermissionResult.NEUTRAL
    for statement in _list(policy.get("Statement")):
        if not _applies(statement, action, resource):
            continue
        if statement["Effect"] == "Deny":
            return PermissionResult.DENIED
        permission = PermissionResult.PERMITTED
    return permission


def _applies(statement: Dict[str, Any], action: str, resource: str) -> bool:
    principal = statement.get("Principal")
    named = principal.get("AWS") if isinstance(principal, dict) else principal
    if "*" not in _list(named):
        return False
    return (
        _covers(statement, "Action", lambda pattern: _matches(pattern.lower(), action.lower()))
        and _covers(statement, "Resource", lambda pattern: _matches(pattern, resource))
        and all(_holds(operator, keys) for operator, keys in (statement.get("Condition") or {}).items())
    )


def _covers(statement: Dict[str, Any], element: str, matches: Callable[[str], bool]) -> bool:
    if f"Not{element}" in statement:
        return not any(map(matches, _list(statement[f"Not{element}"])))
    return any(map(matches, _list(statement.get(element))))


def _holds(operator: str, keys: Dict[str, Any]) -> bool:
    for name, wanted in keys.items():
        actual = KNOWN_CONDITIONS.get(name.lower())
        if actual is None or operator.replace("IfExists", "") not in ("Bool", "StringEquals", "StringLike"):
            return False
        if not any(_matches(str(value).lower(), actual) for value in _list(wanted)):
            return False
    return True


def _matches(pattern: str, text: str) -> bool:
    escaped = re.escape(pattern).replace(r"\*", ".*").replace(r"\?", ".")
    return re.fullmatch(escaped, text, re.DOTALL) is not None


def _list(value: Any) -> List[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]
