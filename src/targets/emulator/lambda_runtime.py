"""Lambda's Invoke as AWS answers it, with the code run by `run_lambda` where moto would ask for Docker."""

import base64
import json
import threading
from typing import Any

from moto.awslambda.exceptions import LambdaClientError
from moto.awslambda.models import LambdaFunction

from .children import Children
from .lambda_child import run_lambda

LOG_RESULT_BYTES = 4096


def install_lambda(endpoint: str, children: Children) -> None:
    """Puts Invoke in moto's place; event source mappings of moto come through it too."""

    def invoke(function: Any, body: Any, request_headers: Any, response_headers: Any) -> bytes:
        event = _event(body)
        kind = _header(request_headers, "X-Amz-Invocation-Type") or "RequestResponse"
        if kind == "DryRun":
            return b""
        if kind == "Event":
            arguments = (function, event, endpoint, children)
            threading.Thread(target=run_lambda, args=arguments, daemon=True).start()
            return b""
        answer = run_lambda(function, event, endpoint, children)
        if answer.is_error:
            response_headers["x-amz-function-error"] = "Unhandled"
        response_headers["x-amz-executed-version"] = str(function.version)
        tail = answer.log.encode("utf-8")[-LOG_RESULT_BYTES:]
        response_headers["x-amz-log-result"] = base64.b64encode(tail).decode("ascii")
        return answer.payload.encode("utf-8")

    LambdaFunction.invoke = invoke


def _event(body: Any) -> str:
    text = body.decode("utf-8") if isinstance(body, bytes) else body
    if not text:
        return "{}"
    try:
        json.loads(text)
    except ValueError as error:
        message = f"Could not parse request body into json: {error}"
        raise LambdaClientError("InvalidRequestContentException", message) from error
    return text


def _header(headers: Any, name: str) -> str:
    return headers.get(name) or headers.get(name.lower()) or ""
