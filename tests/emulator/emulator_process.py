"""The emulator as a process of its own, for tests: start on a free port, clients for it, end."""

import functools
import io
import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
import zipfile

import boto3
from botocore.config import Config

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SERVER = os.path.join(ROOT, "src", "targets", "emulator")
ROLE = "arn:aws:iam::123456789012:role/test"
TRUST = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "lambda.amazonaws.com"}}
TRUST_POLICY = {"Version": "2012-10-17", "Statement": [TRUST]}
REGION = "ap-northeast-2"


class EmulatorProcess:
    def __init__(self, *options):
        command = [sys.executable, SERVER, "--port", "0", *options]
        self._forgotten = 0
        self._log = tempfile.TemporaryFile("w+")
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=self._log, text=True)
        self.ready = json.loads(self.process.stdout.readline())
        self.endpoint = self.ready["endpoint"]

    @functools.lru_cache(maxsize=None)  # noqa: B019, making a client costs more than the call
    def client(self, service):
        return boto3.client(
            service,
            endpoint_url=self.endpoint,
            region_name=REGION,
            aws_access_key_id="test",
            aws_secret_access_key="test",
            config=Config(retries={"max_attempts": 0}),
        )

    def get_json(self, path):
        with urllib.request.urlopen(self.endpoint + path) as answer:
            return json.load(answer)

    def forget_log(self):
        self._forgotten = len(self._said())

    def reset(self):
        request = urllib.request.Request(self.endpoint + "/moto-api/reset", method="POST")
        urllib.request.urlopen(request).read()

    def log(self):
        """What it has said on stderr since `forget_log`."""
        return self._said()[self._forgotten :].decode()

    def _said(self):
        file = self._log.fileno()
        return os.pread(file, os.fstat(file).st_size, 0)

    def end(self):
        """SIGTERM; returns the exit code, also when it has ended already."""
        self.process.terminate()
        code = self.process.wait(10)
        self.process.stdout.close()
        return code

    def create_function(self, name, files, **changes):
        """A Lambda from file texts by name, Python 3.12 and main.handler unless said; its role is made too."""
        self._ensure_role()
        settings = {"Runtime": "python3.12", "Handler": "main.handler", "Timeout": 10, "Role": ROLE, **changes}
        code = {"ZipFile": zip_of(files)}
        return self.client("lambda").create_function(FunctionName=name, Code=code, **settings)

    def _ensure_role(self):
        iam = self.client("iam")
        try:
            iam.create_role(RoleName=ROLE.split("/")[-1], AssumeRolePolicyDocument=json.dumps(TRUST_POLICY))
        except iam.exceptions.EntityAlreadyExistsException:
            pass

    def invoke(self, name, payload=None, **options):
        answer = self.client("lambda").invoke(FunctionName=name, Payload=json.dumps(payload or {}), **options)
        body = answer["Payload"].read()
        return answer, json.loads(body) if body else None

    def run_job(self, name, arguments=None):
        """Starts a Glue job and waits for its end."""
        glue = self.client("glue")
        run_id = glue.start_job_run(JobName=name, Arguments=arguments or {})["JobRunId"]
        return self.wait_for_run(name, run_id)

    def wait_for_run(self, name, run_id, seconds=30):
        glue = self.client("glue")
        give_up = time.monotonic() + seconds
        while time.monotonic() < give_up:
            run = glue.get_job_run(JobName=name, RunId=run_id)["JobRun"]
            if run["JobRunState"] in ("SUCCEEDED", "FAILED", "TIMEOUT", "STOPPED", "ERROR"):
                return run
            time.sleep(0.05)
        raise AssertionError(f"{name} is still {run['JobRunState']}")

    def log_lines(self, group):
        logs = self.client("logs")
        return [event["message"] for event in logs.filter_log_events(logGroupName=group)["events"]]


def zip_of(files):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return packed.getvalue()
