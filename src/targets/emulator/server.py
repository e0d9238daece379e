"""The server: moto's WSGI application with our runtimes in it, on loopback, until it is told to end."""

import argparse
import json
import os
import shutil
import signal
import sys
import tempfile
import threading
from typing import Any, List, Optional

os.environ.setdefault("MOTO_IAM_LOAD_MANAGED_POLICIES", "true")  # moto reads it when it is imported

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app  # noqa: E402
from werkzeug.serving import make_server  # noqa: E402
from werkzeug.wrappers import Response  # noqa: E402

from .children import Children  # noqa: E402
from .gaps import fill_gaps  # noqa: E402
from .given_answers import GivenAnswers  # noqa: E402
from .glue_runtime import install_glue  # noqa: E402
from .health import describe  # noqa: E402
from .http_handler import HttpHandler, call_application  # noqa: E402
from .lambda_runtime import install_lambda  # noqa: E402
from .s3_access import install_s3_access  # noqa: E402
from .turn import give_up_turns_while_waiting, turn  # noqa: E402

HOST = "127.0.0.1"


def main(argv: Optional[List[str]] = None) -> int:
    """Prints one line of JSON when ready, and returns 0 after SIGTERM or SIGINT."""
    options = _parse(argv)
    tempfile.tempdir = tempfile.mkdtemp(prefix="platc-emulator-")  # what runs unpack goes with the server
    try:
        return _serve(options)
    finally:
        shutil.rmtree(tempfile.tempdir, ignore_errors=True)


def _serve(options: argparse.Namespace) -> int:
    told_to_end = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: told_to_end.set())
    children = Children()
    application = _Application(children)
    server = make_server(HOST, options.port, application, threaded=True, request_handler=HttpHandler)
    endpoint = f"http://{HOST}:{server.port}"
    application.endpoint = endpoint
    os.environ["MOTO_PORT"] = str(server.port)
    give_up_turns_while_waiting()
    fill_gaps()
    install_s3_access()
    install_lambda(endpoint, children)
    install_glue(endpoint, children, options.glue_minute_seconds)

    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(json.dumps({"endpoint": endpoint, "pid": os.getpid()}), flush=True)
    told_to_end.wait()
    server.shutdown()
    children.stop_all()
    return 0


def _parse(argv: Optional[List[str]]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="emulator", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 (the default): a free port of the system's choice")
    parser.add_argument(
        "--glue-minute-seconds",
        type=float,
        default=60.0,
        help="how long a minute of a Glue job's timeout lasts; tests shorten it",
    )
    return parser.parse_args(argv)


class _Application:
    def __init__(self, children: Children) -> None:
        self.endpoint = ""
        self._children = children
        self._moto = DomainDispatcherApplication(create_backend_app)
        self._given = GivenAnswers()

    def __call__(self, environ: Any, start_response: Any) -> Any:
        path = environ.get("PATH_INFO", "")
        if path == "/platc/health":
            answer = Response(json.dumps(describe(self.endpoint)), mimetype="application/json")
            return answer(environ, start_response)
        with turn():
            if path == "/moto-api/reset" and environ["REQUEST_METHOD"] == "POST":
                self._children.stop_all()
                self._given.forget()
            return self._answer(environ, start_response)

    def _answer(self, environ: Any, start_response: Any) -> Any:
        """Everything within the turn, also what moto generates while it is being read."""
        given = self._given.find(environ)
        if given:
            call = f"{environ['REQUEST_METHOD']} {environ['REQUEST_URI']} {environ.get('HTTP_X_AMZ_TARGET', '')}"
            print(f"{call.rstrip()}: its answer was lost, and is given again", file=sys.stderr, flush=True)
        answer = given or call_application(self._moto, environ)
        self._given.keep(environ, answer)
        start_response(answer.status, answer.headers)
        return [answer.body]
