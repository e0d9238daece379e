"""Whose turn it is to work on moto's data, which is not made for two threads at once.

Without turns a list that is read while another request adds to it ends as a 500, and a reset leaves models half made.
A handler gives its turn up for as long as it waits for something else: a child process, a message, a web hook.
"""

import contextlib
import functools
import threading
from typing import Any, Callable, Iterator

import moto.swf.models
import requests
from moto.sqs.models import Queue

_lock = threading.Lock()
_thread = threading.local()


@contextlib.contextmanager
def turn() -> Iterator[None]:
    """Waits until nobody else works on the data; a thread that has its turn already goes on."""
    if _has_turn():
        yield
        return
    with _lock:
        _thread.has_turn = True
        try:
            yield
        finally:
            _thread.has_turn = False


@contextlib.contextmanager
def turn_given_up() -> Iterator[None]:
    """Lets the others work in the meantime; what was read before may have changed after."""
    if not _has_turn():
        yield
        return
    _thread.has_turn = False
    _lock.release()
    try:
        yield
    finally:
        _lock.acquire()
        _thread.has_turn = True


def give_up_turns_while_waiting() -> None:
    """Called once: moto's long polls, and its requests to others, who may well ask us something before they answer."""
    for owner, name in ((Queue, "wait_for_messages"), (moto.swf.models, "sleep"), (requests.Session, "request")):
        setattr(owner, name, _without_turn(getattr(owner, name)))


def _without_turn(wait: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(wait)
    def waited(*positional: Any, **named: Any) -> Any:
        with turn_given_up():
            return wait(*positional, **named)

    return waited


def _has_turn() -> bool:
    return getattr(_thread, "has_turn", False)
