"""Answers that a client may ask for again: one that lost ours repeats its request, and must not find its own work done.

The AWS SDKs give every call an id of its own and number its attempts. A CreateRole that was done, and whose answer
did not arrive, would end as EntityAlreadyExists at the second attempt.
"""

import collections
import re
import threading
from typing import Any, Dict, List, NamedTuple, Optional, Tuple

KEPT = 512
KEPT_BYTES = 64 * 1024


class Answer(NamedTuple):
    """A whole HTTP response."""

    status: str
    headers: List[Tuple[str, str]]
    body: bytes


class GivenAnswers:
    """The last successful answers to calls that change something."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._answer_by_call: "collections.OrderedDict[Any, Answer]" = collections.OrderedDict()

    def find(self, environ: Dict[str, Any]) -> Optional[Answer]:
        """The answer to an earlier attempt at the same call."""
        attempt = re.search(r"attempt=(\d+)", environ.get("HTTP_AMZ_SDK_REQUEST", ""))
        if not attempt or int(attempt[1]) < 2:
            return None
        with self._lock:
            return self._answer_by_call.get(_call(environ))

    def keep(self, environ: Dict[str, Any], answer: Answer) -> None:
        """Errors are not kept: an SDK may repeat a call since it expects another answer."""
        call = _call(environ)
        if not call or not answer.status.startswith("2") or len(answer.body) > KEPT_BYTES:
            return
        with self._lock:
            self._answer_by_call[call] = answer
            while len(self._answer_by_call) > KEPT:
                self._answer_by_call.popitem(last=False)

    def forget(self) -> None:
        """After a reset nothing has been done."""
        with self._lock:
            self._answer_by_call.clear()


def _call(environ: Dict[str, Any]) -> Any:
    invocation, method = environ.get("HTTP_AMZ_SDK_INVOCATION_ID"), environ["REQUEST_METHOD"]
    if not invocation or method in ("GET", "HEAD"):
        return None
    return (invocation, method, environ.get("REQUEST_URI"))
