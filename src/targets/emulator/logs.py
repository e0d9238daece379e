"""Writes what a child process printed where AWS would: a stream of a CloudWatch log group."""

from typing import Any

from moto.core.utils import unix_time_millis
from moto.logs.models import logs_backends

from .turn import turn


def write_log(account: str, region: str, group: str, stream: str, text: str) -> None:
    """Appends the lines of `text`; group and stream are made if they are not there."""
    now = int(unix_time_millis())
    events = [{"timestamp": now, "message": line} for line in text.splitlines() if line]
    with turn():
        backend: Any = logs_backends[account][region]
        backend.ensure_log_group(group)
        backend.ensure_log_stream(group, stream)
        if events:
            backend.put_log_events(group, stream, events)
