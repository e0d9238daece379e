"""One invocation of a Lambda zip as a local child process, from package to answer."""

import datetime
import io
import json
import os
import shutil
import sys
import tempfile
import time
import uuid
import zipfile
from typing import Any, Dict, List, NamedTuple, Optional

from .child_environment import child_environment
from .children import Children, Outcome
from .logs import write_log
from .turn import turn_given_up

CHILD_FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "child")


class Answer(NamedTuple):
    """`payload` is JSON text; `log` is what the function printed, between Lambda's own START and REPORT lines."""

    payload: str
    is_error: bool
    log: str


def run_lambda(function: Any, event: str, endpoint: str, children: Children) -> Answer:
    """Runs `function` (moto's LambdaFunction) on an event and writes its log group."""
    invocation = _Invocation(function, str(uuid.uuid4()))
    command = _command(function)
    if command is None:
        return _not_emulated(function)
    with tempfile.TemporaryDirectory(prefix="platc-lambda-") as folder:
        environment = {**child_environment(endpoint, function.region), **invocation.environment(folder)}
        files = invocation.write_files(folder, event)
        started = time.monotonic()
        with turn_given_up():
            outcome = children.run(
                invocation.request_id,
                command + files,
                folder=os.path.join(folder, "task"),
                environment=environment,
                timeout=invocation.timeout,
                one_stream=True,
            )
        milliseconds = (time.monotonic() - started) * 1000
        answer = invocation.answer(outcome, files[1], milliseconds)
    if outcome.status != "stopped":
        write_log(function.account_id, function.region, invocation.log_group, invocation.log_stream, answer.log)
    return answer


def _command(function: Any) -> Optional[List[str]]:
    runtime = function.run_time or ""
    if function.package_type != "Zip" or not function.code_bytes:
        return None
    if runtime.startswith("python"):
        return [sys.executable, "-uB", os.path.join(CHILD_FOLDER, "lambda_python.py")]
    node = shutil.which("node")
    if runtime.startswith("nodejs") and node:
        return [node, os.path.join(CHILD_FOLDER, "lambda_node.mjs")]
    return None


def _not_emulated(function: Any) -> Answer:
    kind = function.run_time if function.package_type == "Zip" else "container image"
    message = f"The emulator runs zips of python* and nodejs* only; '{function.function_name}' is: {kind}"
    return Answer(json.dumps({"errorType": "Emulator.NotEmulated", "errorMessage": message}), True, message)


class _Invocation:
    def __init__(self, function: Any, request_id: str) -> None:
        today = datetime.datetime.now(datetime.timezone.utc)
        self.function = function
        self.request_id = request_id
        self.timeout = float(function.timeout or 3)
        self.log_group = function.logs_group_name
        self.log_stream = f"{today:%Y/%m/%d}/[{function.version}]{request_id.replace('-', '')}"

    def environment(self, folder: str) -> Dict[str, str]:
        """Lambda's own variables, then the function's, which win except for the reserved ones."""
        function, layers = self.function, os.path.join(folder, "opt")
        own = {
            "_HANDLER": function.handler,
            "LAMBDA_TASK_ROOT": os.path.join(folder, "task"),
            "AWS_EXECUTION_ENV": f"AWS_Lambda_{function.run_time}",
            "AWS_LAMBDA_FUNCTION_NAME": function.function_name,
            "AWS_LAMBDA_FUNCTION_VERSION": str(function.version),
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(function.memory_size),
            "AWS_LAMBDA_LOG_GROUP_NAME": self.log_group,
            "AWS_LAMBDA_LOG_STREAM_NAME": self.log_stream,
            "TZ": ":UTC",
        }
        searched = {
            "PYTHONPATH": os.path.join(layers, "python"),
            "NODE_PATH": os.path.join(layers, "nodejs", "node_modules"),
        }
        given = {name: str(value) for name, value in (function.environment_vars or {}).items()}
        return {**searched, **given, **own}

    def write_files(self, folder: str, event: str) -> List[str]:
        """Unpacks code and layers; the child's arguments are the files for event, result and context."""
        _unpack(self.function.code_bytes, os.path.join(folder, "task"))
        for code in _layers(self.function):
            _unpack(code, os.path.join(folder, "opt"))
        files = [os.path.join(folder, name) for name in ("event.json", "result.json", "context.json")]
        for name, text in ((files[0], event), (files[2], json.dumps(self._context()))):
            with open(name, "w", encoding="utf-8") as file:
                file.write(text)
        return files

    def answer(self, outcome: Outcome, result_file: str, milliseconds: float) -> Answer:
        """The function's own result, or the error that Lambda reports in its place."""
        name, text = self.request_id, outcome.stdout
        if outcome.status == "exited" and os.path.exists(result_file):
            with open(result_file, encoding="utf-8") as file:
                result = json.load(file)
            payload, is_error = result["payload"], bool(result["error"])
        else:
            payload, is_error = _ended_early(outcome, name, self.timeout), True
            text += f"\n{payload['errorMessage']}"
        memory = self.function.memory_size
        log = (
            f"START RequestId: {name} Version: {self.function.version}\n{text.rstrip()}\nEND RequestId: {name}\n"
            f"REPORT RequestId: {name}\tDuration: {milliseconds:.2f} ms\tMemory Size: {memory} MB\n"
        )
        return Answer(json.dumps(payload), is_error, log)

    def _context(self) -> Dict[str, Any]:
        function = self.function
        return {
            "function_name": function.function_name,
            "function_version": str(function.version),
            "invoked_function_arn": function.function_arn,
            "memory_limit_in_mb": str(function.memory_size),
            "aws_request_id": self.request_id,
            "log_group_name": self.log_group,
            "log_stream_name": self.log_stream,
            "timeout": self.timeout,
        }


def _ended_early(outcome: Outcome, request_id: str, timeout: float) -> Dict[str, str]:
    if outcome.status == "timed out":
        kind, message = "Sandbox.Timedout", f"Task timed out after {timeout:.2f} seconds"
    elif outcome.status == "stopped":
        kind, message = "Emulator.Stopped", "The emulator was reset or ended"
    elif outcome.exit_code < 0:
        kind, message = "Runtime.ExitError", f"Runtime exited with error: signal {-outcome.exit_code}"
    else:
        kind, message = "Runtime.ExitError", f"Runtime exited with error: exit status {outcome.exit_code}"
    return {"errorType": kind, "errorMessage": f"RequestId: {request_id} Error: {message}"}


def _layers(function: Any) -> List[bytes]:
    from moto.awslambda.models import lambda_backends

    backend: Any = lambda_backends[function.account_id][function.region]
    return [backend.layers_versions_by_arn(layer["Arn"]).code_bytes for layer in function.layers]


def _unpack(code: bytes, folder: str) -> None:
    os.makedirs(folder, exist_ok=True)
    with zipfile.ZipFile(io.BytesIO(code)) as archive:
        archive.extractall(folder)
