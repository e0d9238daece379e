"""HTTP for the server: whole requests in, whole answers out, over connections that stay open.

Werkzeug's own handler closes the connection after every answer, and takes a request up before it has arrived.
"""

import io
import json
import sys
import time
import traceback
from typing import Any, Dict
from xml.sax.saxutils import escape

from werkzeug.serving import WSGIRequestHandler
from werkzeug.wrappers import Response

from .given_answers import Answer

FRAMING = ("content-length", "transfer-encoding", "connection")


class HttpHandler(WSGIRequestHandler):
    """One connection; what goes wrong on it is said on stderr, and nothing else is."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # headers and body are two writes

    def run_wsgi(self) -> None:
        environ = self.make_environ()
        try:
            self._read_body(environ)
            self._send(self._answer(environ))
        except (OSError, ValueError) as error:
            self.close_connection = True
            self._say(f"connection lost: {error!r}")

    def log_request(self, *_: Any) -> None:
        """Nothing: a run makes thousands of requests."""

    def _read_body(self, environ: Dict[str, Any]) -> None:
        """A slow upload keeps nobody else waiting, and half an upload is not carried out."""
        if environ.get("wsgi.input_terminated"):
            body = environ["wsgi.input"].read()
        else:
            length = int(environ.get("CONTENT_LENGTH") or 0)
            body = self.rfile.read(length) if length else b""
            if len(body) < length:
                raise ConnectionAbortedError(f"{len(body)} of {length} bytes arrived")
        environ["CONTENT_LENGTH"] = str(len(body))
        environ["wsgi.input"] = io.BytesIO(body)
        environ["wsgi.input_terminated"] = True

    def _answer(self, environ: Dict[str, Any]) -> Answer:
        try:
            answer = call_application(self.server.app, environ)
        except Exception as error:
            self._say(traceback.format_exc())
            return call_application(_failure(environ, f"emulator: {error!r}"), environ)
        if answer.status.startswith("5"):
            self._say(f"{answer.status} {answer.body[:2000]!r}")
        return answer

    def _send(self, answer: Answer) -> None:
        code, _, reason = answer.status.partition(" ")
        is_without_body = self.command == "HEAD" or code in ("204", "304")
        self.send_response(int(code), reason)
        for name, value in answer.headers:
            if name.lower() not in FRAMING or (is_without_body and name.lower() == "content-length" and code != "204"):
                self.send_header(name, value)
        if not is_without_body:
            self.send_header("Content-Length", str(len(answer.body)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        if not is_without_body:
            self.wfile.write(answer.body)

    def _say(self, what: str) -> None:
        request = f"{self.command} {self.path} {self.headers.get('X-Amz-Target', '')}".rstrip()
        print(f"{time.strftime('%Y-%m-%dT%H:%M:%S')} {request}: {what.rstrip()}", file=sys.stderr, flush=True)


def _failure(environ: Dict[str, Any], message: str) -> Response:
    """As the service that was asked would write it, so that an SDK can tell what is the matter."""
    error = f"<Error><Code>InternalFailure</Code><Message>{escape(message)}</Message></Error>"
    if "/s3/aws4_request" in environ.get("HTTP_AUTHORIZATION", ""):
        return Response(error, 500, mimetype="application/xml")
    if environ.get("CONTENT_TYPE", "").startswith("application/x-www-form-urlencoded"):
        return Response(f"<ErrorResponse>{error}</ErrorResponse>", 500, mimetype="text/xml")
    text = json.dumps({"__type": "InternalFailure", "message": message})
    return Response(text, 500, {"X-Amzn-ErrorType": "InternalFailure"}, mimetype="application/json")


def call_application(application: Any, environ: Dict[str, Any]) -> Answer:
    """What a WSGI application answers, to its last byte."""
    started: Dict[str, Any] = {}

    def start_response(status: str, headers: Any, exc_info: Any = None) -> Any:
        started.update(status=status, headers=list(headers))
        return written.append

    written: Any = []
    chunks = application(environ, start_response)
    try:
        body = b"".join([*chunks])
    finally:
        if hasattr(chunks, "close"):
            chunks.close()
    return Answer(started["status"], started["headers"], b"".join(written) + body)
