"""The local processes that run users' code: each in a process group of its own, all ended with the server."""

import os
import signal
import subprocess
import threading
from typing import Callable, Dict, List, NamedTuple, Optional, Set


class Outcome(NamedTuple):
    """How a child ended: `status` is "exited", "timed out" or "stopped"."""

    status: str
    exit_code: int
    stdout: str
    stderr: str


class Children:
    """Runs commands to their end and can stop one, by its name, or all of them."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process_by_name: Dict[str, "subprocess.Popen[bytes]"] = {}
        self._stopped: Set[str] = set()

    def run(
        self,
        name: str,
        command: List[str],
        *,
        folder: str,
        environment: Dict[str, str],
        timeout: float,
        one_stream: bool = False,
        on_start: Optional[Callable[[], None]] = None,
    ) -> Outcome:
        """Runs a command to its end; with `one_stream` its stderr is written into stdout, in order."""
        process = self._start(name, command, folder, environment, one_stream)
        try:
            if on_start:
                on_start()
            timed_out = False
            try:
                stdout, stderr = process.communicate(timeout=timeout)
            except subprocess.TimeoutExpired:
                timed_out = True
                _kill(process)
                stdout, stderr = process.communicate()
        finally:
            with self._lock:
                self._process_by_name.pop(name, None)
                stopped = name in self._stopped
                self._stopped.discard(name)
        status = "stopped" if stopped else "timed out" if timed_out else "exited"
        return Outcome(status, process.returncode, _text(stdout), _text(stderr))

    def stop(self, name: str) -> None:
        """Ends one child; its `run` returns with the status "stopped"."""
        with self._lock:
            process = self._process_by_name.get(name)
            if process:
                self._stopped.add(name)
                _kill(process)

    def stop_all(self) -> None:
        """Ends every child that is running now."""
        for name in list(self._process_by_name):
            self.stop(name)

    def _start(
        self, name: str, command: List[str], folder: str, environment: Dict[str, str], one_stream: bool
    ) -> "subprocess.Popen[bytes]":
        with self._lock:
            process = subprocess.Popen(
                command,
                cwd=folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT if one_stream else subprocess.PIPE,
                start_new_session=True,
            )
            self._process_by_name[name] = process
            return process


def _kill(process: "subprocess.Popen[bytes]") -> None:
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except AttributeError:  # no process groups on this system
        process.kill()
    except ProcessLookupError:
        pass


def _text(output: Optional[bytes]) -> str:
    return (output or b"").decode("utf-8", errors="replace")
