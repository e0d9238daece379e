"""Runs inside the child process: one invocation of a Python handler. argv: event file, result file, context file."""

import importlib
import json
import logging
import os
import sys
import time
import traceback


class Context:
    """What Lambda hands a Python handler as its second argument."""

    identity = None
    client_context = None

    def __init__(self, fields):
        self.__dict__.update(fields)
        self._deadline = time.monotonic() + float(fields["timeout"])

    def get_remaining_time_in_millis(self):
        return max(0, int((self._deadline - time.monotonic()) * 1000))


def main(event_file, result_file, context_file):
    sys.path[0] = os.getcwd()
    with open(context_file, encoding="utf-8") as file:
        context = Context(json.load(file))
    _log_as_lambda_does(context.aws_request_id)
    with open(event_file, encoding="utf-8") as file:
        event = json.load(file)
    error, result = _invoke(os.environ["_HANDLER"], event, context)
    with open(result_file, "w", encoding="utf-8") as file:
        json.dump({"error": error, "payload": result}, file)


def _invoke(handler_name, event, context):
    module_name, _, function_name = handler_name.rpartition(".")
    try:
        module = importlib.import_module(module_name.replace("/", "."))
    except ImportError as error:
        return True, _failure("Runtime.ImportModuleError", "Unable to import module '%s': %s" % (module_name, error))
    except BaseException as error:  # whatever the user's module raises while it loads
        return True, _exception(error, context)
    handler = getattr(module, function_name, None)
    if handler is None:
        message = "Handler '%s' missing on module '%s'" % (function_name, module_name)
        return True, _failure("Runtime.HandlerNotFound", message)
    try:
        result = handler(event, context)
    except Exception as error:
        return True, _exception(error, context)
    try:
        json.dumps(result)
    except (TypeError, ValueError) as error:
        return True, _failure("Runtime.MarshalError", "Unable to marshal response: %s" % error)
    return False, result


def _exception(error, context):
    traceback.print_exc()
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if frame.filename != __file__ and "importlib" not in frame.filename]
    return {
        "errorMessage": str(error),
        "errorType": type(error).__name__,
        "requestId": context.aws_request_id,
        "stackTrace": traceback.format_list(own),
    }


def _failure(kind, message):
    print("[ERROR] %s: %s" % (kind, message))
    return {"errorMessage": message, "errorType": kind, "requestId": "", "stackTrace": []}


def _log_as_lambda_does(request_id):
    handler = logging.StreamHandler(sys.stdout)
    line = "[%(levelname)s]\t%(asctime)s.%(msecs)03dZ\t{}\t%(message)s".format(request_id)
    handler.setFormatter(logging.Formatter(line, "%Y-%m-%dT%H:%M:%S"))
    logging.Formatter.converter = time.gmtime
    logging.getLogger().addHandler(handler)


if __name__ == "__main__":
    main(*sys.argv[1:4])
