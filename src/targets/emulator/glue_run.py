"""One run of a Glue Python shell job as a local child process."""

import os
import sys
import tempfile
import threading
import time
from typing import Any, Dict, List

from moto.core.utils import utcnow
from moto.glue.models import FakeJobRun
from moto.s3.models import s3_backends
from moto.utilities.utils import get_partition

from .child_environment import child_environment
from .children import Children, Outcome
from .logs import write_log
from .turn import turn

GLUE_LIBRARY = os.path.join(os.path.dirname(os.path.abspath(__file__)), "child", "glue")
LOG_GROUP = "/aws-glue/python-jobs"
DEFAULT_TIMEOUT_MINUTES = 2880


class LaunchError(Exception):
    """What keeps a script from being started at all."""


class LocalJobRun(FakeJobRun):
    """A job run whose state is that of its process: STARTING, RUNNING, then how it ended."""

    def __init__(self, job: Any, requested: FakeJobRun) -> None:
        self.__dict__.update(requested.__dict__)
        self._state = "STARTING"
        self._job = job
        self._error_message = ""
        self._started = time.monotonic()
        self._seconds = 0
        self.completed_on = None

    def advance(self) -> None:
        """Time moves this run, not the number of times that it was looked at."""

    @property
    def status(self) -> str:
        return self._state

    @status.setter
    def status(self, value: str) -> None:
        self._state = value

    def as_dict(self) -> Dict[str, Any]:
        fields = super().as_dict()
        fields.update(ExecutionTime=self._seconds, LogGroupName=LOG_GROUP, GlueVersion=self._job.glue_version)
        if self.completed_on is None:
            fields.pop("CompletedOn")
            fields["ExecutionTime"] = int(time.monotonic() - self._started)
        if self._error_message:
            fields["ErrorMessage"] = self._error_message
        return fields

    def start(self, endpoint: str, children: Children, minute_seconds: float) -> None:
        """Goes on in the background; StartJobRun answers at once."""
        arguments = (endpoint, children, minute_seconds)
        threading.Thread(target=self._run, args=arguments, daemon=True).start()

    def stop(self, children: Children) -> None:
        """Ends the process; the state says STOPPED once it is gone."""
        self._state = "STOPPING"
        children.stop(self.job_run_id)

    def _run(self, endpoint: str, children: Children, minute_seconds: float) -> None:
        try:
            with tempfile.TemporaryDirectory(prefix="platc-glue-") as folder:
                outcome = children.run(
                    self.job_run_id,
                    self._command(folder),
                    folder=folder,
                    environment=self._environment(endpoint, folder),
                    timeout=(self.timeout or DEFAULT_TIMEOUT_MINUTES) * minute_seconds,
                    on_start=self._set_running,
                )
        except LaunchError as error:
            self._end("FAILED", f"LAUNCH ERROR | {error}")
            return
        except Exception as error:  # the emulator's own fault must not leave a run that never ends
            self._end("ERROR", f"emulator: {error!r}")
            return
        if outcome.status != "stopped":
            self._write_logs(outcome)
        self._end(*_verdict(outcome))

    def _set_running(self) -> None:
        if self._state == "STARTING":
            self._state = "RUNNING"

    def _command(self, folder: str) -> List[str]:
        script = self._fetch(self._job.command.get("ScriptLocation") or "", folder)
        arguments = [text for pair in (self.arguments or {}).items() for text in map(str, pair)]
        return [sys.executable, "-uB", script, *arguments]

    def _environment(self, endpoint: str, folder: str) -> Dict[str, str]:
        libraries = (self.arguments or {}).get("--extra-py-files") or ""
        fetched = [self._fetch(uri.strip(), folder) for uri in libraries.split(",") if uri.strip()]
        importable = [path if path.endswith((".zip", ".egg", ".whl")) else folder for path in fetched]
        searched = os.pathsep.join([*importable, GLUE_LIBRARY])
        return {**child_environment(endpoint, self._job.backend.region_name), "PYTHONPATH": searched}

    def _fetch(self, uri: str, folder: str) -> str:
        bucket, _, key = uri[len("s3://") :].partition("/")
        backend = self._job.backend
        with turn():
            store: Any = s3_backends[backend.account_id][get_partition(backend.region_name)]
            found = store.buckets.get(bucket) and store.get_object(bucket, key)
            code = found.value if found else b""
        if not uri.startswith("s3://") or not found:
            raise LaunchError(f"File {uri!r} does not exist")
        path = os.path.join(folder, os.path.basename(key))
        with open(path, "wb") as file:
            file.write(code)
        return path

    def _write_logs(self, outcome: Outcome) -> None:
        backend = self._job.backend
        for name, text in (("output", outcome.stdout), ("error", outcome.stderr)):
            write_log(backend.account_id, backend.region_name, f"{LOG_GROUP}/{name}", self.job_run_id, text)

    def _end(self, state: str, message: str) -> None:
        self._error_message = message
        self._seconds = int(time.monotonic() - self._started)
        self.completed_on = self.modified_on = utcnow()
        self._state = state


def _verdict(outcome: Outcome) -> List[str]:
    if outcome.status == "stopped":
        return ["STOPPED", ""]
    if outcome.status == "timed out":
        return ["TIMEOUT", "Job run timed out"]
    if outcome.exit_code == 0:
        return ["SUCCEEDED", ""]
    said = [line for line in outcome.stderr.splitlines() if line.strip()]
    is_traceback = any(line.startswith("Traceback (most recent call last)") for line in said)
    ended = f"Command failed with exit code {outcome.exit_code}"
    return ["FAILED", said[-1] if is_traceback else ended]
