"""What the emulator promises, each against a server of its own process."""

import base64
import concurrent.futures
import http.client
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import urllib.error
import urllib.parse
import urllib.request
from unittest import mock

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from botocore.exceptions import ClientError  # noqa: E402

from emulator_process import REGION, ROLE, TRUST_POLICY, EmulatorProcess, zip_of  # noqa: E402


class EmulatorTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.emulator = EmulatorProcess("--glue-minute-seconds", "1.5")

    @classmethod
    def tearDownClass(cls):
        cls.emulator.end()

    def setUp(self):
        self.emulator.reset()

    def client(self, service):
        return self.emulator.client(service)

    def create_bucket(self, name):
        location = {"LocationConstraint": REGION}
        self.client("s3").create_bucket(Bucket=name, CreateBucketConfiguration=location)

    def wait_for(self, condition, seconds=10):
        give_up = time.monotonic() + seconds
        while time.monotonic() < give_up:
            found = condition()
            if found:
                return found
            time.sleep(0.05)
        raise AssertionError("waited in vain")

    def unsigned(self, path, method="GET", data=None):
        request = urllib.request.Request(self.emulator.endpoint + path, method=method, data=data)
        try:
            with urllib.request.urlopen(request) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()


class ServerTest(EmulatorTest):
    def test_says_where_it_is_and_how_far_it_goes(self):
        health = self.emulator.get_json("/platc/health")
        self.assertEqual(self.emulator.ready, {"endpoint": self.emulator.endpoint, "pid": self.emulator.process.pid})
        self.assertEqual(health["status"], "ok")
        self.assertIn("glue pythonshell", health["localProcess"])
        self.assertEqual(health["services"]["glue glueetl"], "state only")
        self.assertEqual(sorted(health["versions"]), ["boto3", "moto", "node", "python", "werkzeug"])

    def test_reset_forgets_everything(self):
        self.create_bucket("kept")
        self.emulator.reset()
        self.assertEqual(self.client("s3").list_buckets()["Buckets"], [])

    def test_managed_policies_exist(self):
        arn = "arn:aws:iam::aws:policy/service-role/AWSGlueServiceRole"
        self.assertEqual(self.client("iam").get_policy(PolicyArn=arn)["Policy"]["Arn"], arn)

    def test_sigterm_ends_server_and_children(self):
        folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, folder)
        with mock.patch.dict(os.environ, {"TMPDIR": folder}):
            emulator = EmulatorProcess()
        self.addCleanup(emulator.end)
        code = "import os, sys, time\ndef handler(event, _):\n  open(event['file'], 'w').write(str(os.getpid()))\n  time.sleep(60)"
        emulator.create_function("sleeper", {"main.py": code}, Timeout=100)
        file = os.path.join(folder, "pid")
        emulator.invoke("sleeper", {"file": file}, InvocationType="Event")
        child = self.wait_for(lambda: os.path.exists(file) and open_text(file))
        self.assertEqual(emulator.end(), 0)
        self.assertEqual([name for name in os.listdir(folder) if name.startswith("platc-")], [])
        self.wait_for(lambda: not is_running(int(child)))


class LambdaTest(EmulatorTest):
    def test_runs_python_with_environment_and_aws(self):
        code = (
            "import boto3, os, logging\nlogging.getLogger().setLevel('INFO')\n"
            "def handler(event, context):\n"
            "  print('got', event['key']); logging.info('as Lambda logs')\n"
            "  boto3.client('s3').put_object(Bucket=os.environ['BUCKET_NAME'], Key=event['key'], Body=b'x')\n"
            "  return {'name': context.function_name, 'left': context.get_remaining_time_in_millis() > 5000}\n"
        )
        self.create_bucket("raw")
        self.emulator.create_function("writer", {"main.py": code}, Environment={"Variables": {"BUCKET_NAME": "raw"}})
        answer, payload = self.emulator.invoke("writer", {"key": "a/b"}, LogType="Tail")
        self.assertEqual(payload, {"name": "writer", "left": True})
        self.assertNotIn("FunctionError", answer)
        self.assertEqual(self.client("s3").get_object(Bucket="raw", Key="a/b")["Body"].read(), b"x")
        lines = self.emulator.log_lines("/aws/lambda/writer")
        self.assertIn("got a/b", lines)
        self.assertTrue(any(line.startswith("[INFO]") and line.endswith("as Lambda logs") for line in lines))
        tail = base64.b64decode(answer["LogResult"]).decode()
        self.assertIn("got a/b", tail)
        self.assertIn("REPORT RequestId", tail)

    def test_an_exception_is_an_unhandled_function_error(self):
        code = "def handler(event, context):\n  raise KeyError('nothing')\n"
        self.emulator.create_function("broken", {"main.py": code})
        answer, payload = self.emulator.invoke("broken")
        self.assertEqual((answer["StatusCode"], answer["FunctionError"]), (200, "Unhandled"))
        self.assertNotIn("LogResult", answer)
        self.assertEqual((payload["errorType"], payload["errorMessage"]), ("KeyError", "'nothing'"))
        self.assertEqual(len(payload["stackTrace"]), 1)
        self.assertIn("main.py", payload["stackTrace"][0])

    def test_other_failures_have_the_names_that_lambda_gives_them(self):
        cases = {
            "no-module": ({"other.py": ""}, "Runtime.ImportModuleError"),
            "no-handler": ({"main.py": "x = 1"}, "Runtime.HandlerNotFound"),
            "no-json": ({"main.py": "def handler(e, c):\n  return {1, 2}"}, "Runtime.MarshalError"),
            "exits": ({"main.py": "import os\ndef handler(e, c):\n  os._exit(3)"}, "Runtime.ExitError"),
        }
        for name, (files, expected) in cases.items():
            with self.subTest(name):
                self.emulator.create_function(name, files)
                answer, payload = self.emulator.invoke(name)
                self.assertEqual((answer["FunctionError"], payload["errorType"]), ("Unhandled", expected))

    def test_timeout_is_honoured(self):
        code = "import time\ndef handler(event, context):\n  print('before', flush=True)\n  time.sleep(30)\n"
        self.emulator.create_function("slow", {"main.py": code}, Timeout=1)
        began = time.monotonic()
        answer, payload = self.emulator.invoke("slow")
        self.assertLess(time.monotonic() - began, 8)
        self.assertEqual(answer["FunctionError"], "Unhandled")
        self.assertIn("Task timed out after 1.00 seconds", payload["errorMessage"])
        self.assertIn("before", self.emulator.log_lines("/aws/lambda/slow"))

    def test_event_answers_at_once_and_runs(self):
        code = "import time\ndef handler(event, context):\n  time.sleep(0.3)\n  print('done later')\n"
        self.emulator.create_function("later", {"main.py": code})
        answer, _ = self.emulator.invoke("later", InvocationType="Event")
        self.assertEqual(answer["StatusCode"], 202)
        self.wait_for(lambda: "done later" in self.lines_or_none("/aws/lambda/later"))

    def lines_or_none(self, group):
        try:
            return self.emulator.log_lines(group)
        except ClientError:
            return []

    def test_runs_node_promise_callback_and_error(self):
        if not self.emulator.get_json("/platc/health")["versions"]["node"]:
            self.skipTest("node is not on PATH")
        code = (
            "export const good = async (event, context) => ({ double: event.n * 2, name: context.functionName });\n"
            "export const old = (event, context, done) => done(null, event.n);\n"
            "export const bad = async () => { throw new RangeError('too far'); };\n"
        )
        for name in ("good", "old", "bad"):
            settings = {"Runtime": "nodejs20.x", "Handler": f"index.{name}"}
            self.emulator.create_function(name, {"index.mjs": code}, **settings)
        self.assertEqual(self.emulator.invoke("good", {"n": 21})[1], {"double": 42, "name": "good"})
        self.assertEqual(self.emulator.invoke("old", {"n": 7})[1], 7)
        answer, payload = self.emulator.invoke("bad")
        self.assertEqual(answer["FunctionError"], "Unhandled")
        self.assertEqual((payload["errorType"], payload["errorMessage"]), ("RangeError", "too far"))

    def test_a_layer_is_importable(self):
        layer = self.client("lambda").publish_layer_version(
            LayerName="shared", Content={"ZipFile": zip_of({"python/shared.py": "ANSWER = 42"})}
        )
        code = "import shared\ndef handler(e, c):\n  return shared.ANSWER\n"
        self.emulator.create_function("layered", {"main.py": code}, Layers=[layer["LayerVersionArn"]])
        self.assertEqual(self.emulator.invoke("layered")[1], 42)

    def test_what_cannot_be_run_says_so(self):
        self.emulator.create_function("java", {"x.class": ""}, Runtime="java21", Handler="x.Y")
        answer, payload = self.emulator.invoke("java")
        self.assertEqual((answer["FunctionError"], payload["errorType"]), ("Unhandled", "Emulator.NotEmulated"))
        self.assertIn("java21", payload["errorMessage"])


class LoadTest(EmulatorTest):
    """Nothing here is tried twice: a 5xx or a dropped connection is a failure."""

    def setUp(self):
        super().setUp()
        self.emulator.forget_log()

    def test_many_at_once_after_a_reset(self):
        clients = {name: self.client(name) for name in ("iam", "s3", "sqs", "lambda", "dynamodb", "logs", "sts")}
        code = {"ZipFile": zip_of({"main.py": "def handler(e, c): return 1"})}
        location = {"LocationConstraint": REGION}

        def one(number):
            iam, name = clients["iam"], f"many-{number}"
            iam.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(TRUST_POLICY))
            clients["s3"].create_bucket(Bucket=name, CreateBucketConfiguration=location)
            clients["s3"].put_object(Bucket=name, Key="key", Body=b"x" * 100_000)
            clients["sqs"].create_queue(QueueName=name)
            iam.attach_role_policy(RoleName=name, PolicyArn="arn:aws:iam::aws:policy/ReadOnlyAccess")
            settings = {"Runtime": "python3.12", "Handler": "main.handler", "Role": iam_arn(name)}
            clients["lambda"].create_function(FunctionName=name, Code=code, **settings)
            clients["logs"].create_log_group(logGroupName=name)
            iam.get_role(RoleName=name)
            clients["sts"].get_caller_identity()

        for _ in range(2):
            self.emulator.reset()
            self.at_once(one, range(25))
            self.assertEqual(len(clients["iam"].list_roles()["Roles"]), 25)
        self.assertEqual(self.emulator.log(), "")

    def test_lists_are_read_while_others_add_to_them(self):
        self.at_once(lambda number: self.assertEqual(self.iam(f"role-{number}").status, 200), range(600))
        self.assertEqual(self.emulator.log(), "")

    def test_a_reset_amid_requests_fails_none_of_them(self):
        is_over = threading.Event()
        resets = threading.Thread(target=lambda: [self.emulator.reset() for _ in iter(is_over.is_set, True)])
        resets.start()
        self.addCleanup(resets.join)
        self.addCleanup(is_over.set)
        self.at_once(lambda number: self.assertEqual(self.iam(f"reset-{number}").status, 200), range(300))
        self.assertEqual(self.emulator.log(), "")

    def test_a_call_whose_answer_was_lost_is_answered_again(self):
        first = self.iam("once", call="one", attempt=1)
        second = self.iam("once", call="one", attempt=2)
        self.assertEqual((first.status, second.status, second.text), (200, 200, first.text))
        self.assertIn("its answer was lost, and is given again", self.emulator.log())
        other = self.iam("once", call="two", attempt=1)
        self.assertEqual((other.status, "EntityAlreadyExists" in other.text), (409, True))
        self.client("iam").delete_role(RoleName="once")
        self.assertEqual(self.iam("once", call="two", attempt=2).status, 200)  # an error is not an answer to keep
        self.emulator.reset()
        self.assertNotEqual(self.iam("once", call="one", attempt=2).text, first.text)

    def test_a_failure_is_told_with_its_traceback(self):
        for call in (
            lambda: self.client("iam").simulate_custom_policy(PolicyInputList=["{}"], ActionNames=["s3:GetObject"]),
            lambda: self.client("glue").list_ml_transforms(),
        ):
            self.emulator.forget_log()
            with self.assertRaisesRegex(ClientError, "has not been implemented|NotImplementedError") as failed:
                call()
            self.assertEqual(failed.exception.response["ResponseMetadata"]["HTTPStatusCode"], 500)
            self.assertIn("Traceback (most recent call last)", self.emulator.log())
            self.assertIn("NotImplementedError", self.emulator.log())

    def test_a_connection_is_used_again(self):
        connection = self.connect()
        self.assertEqual([self.iam(name, connection).status for name in ("a", "b", "a")], [200, 200, 409])
        connection.request("HEAD", "/absent")
        self.assertEqual(connection.getresponse().read(), b"")
        self.assertEqual(self.iam("c", connection).status, 200)
        self.assertIsNotNone(connection.sock)

    def test_big_uploads(self):
        body = os.urandom(1 << 20) * 40
        self.create_bucket("big")
        s3 = self.client("s3")
        self.at_once(lambda number: s3.put_object(Bucket="big", Key=str(number), Body=body), range(3))
        self.assertEqual(s3.get_object(Bucket="big", Key="2")["Body"].read(), body)
        url = s3.generate_presigned_url("put_object", Params={"Bucket": "big", "Key": "chunked"})
        connection = self.connect()
        connection.request("PUT", url[len(self.emulator.endpoint) :], iter([body, b"end"]), encode_chunked=True)
        self.assertEqual(connection.getresponse().status, 200)
        self.assertEqual(s3.head_object(Bucket="big", Key="chunked")["ContentLength"], len(body) + 3)

    def test_half_a_request_is_not_carried_out_and_keeps_nobody_waiting(self):
        self.create_bucket("half")
        url = self.client("s3").generate_presigned_url("put_object", Params={"Bucket": "half", "Key": "half"})
        connection = socket.create_connection(("127.0.0.1", int(self.emulator.endpoint.rsplit(":", 1)[1])))
        head = f"PUT {url[len(self.emulator.endpoint):]} HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n"
        connection.sendall(head.encode() + b"x" * 50)
        self.assertEqual(self.iam("meanwhile").status, 200)
        connection.close()
        self.wait_for(lambda: "50 of 100 bytes arrived" in self.emulator.log())
        self.assertEqual(self.client("s3").list_objects_v2(Bucket="half")["KeyCount"], 0)

    def test_who_waits_keeps_nobody_waiting(self):
        sqs = self.client("sqs")
        queue = sqs.create_queue(QueueName="empty")["QueueUrl"]
        self.emulator.create_function("sleeps", {"main.py": "import time\ndef handler(e, c): time.sleep(3)"})
        with concurrent.futures.ThreadPoolExecutor() as threads:
            waiting = [
                threads.submit(sqs.receive_message, QueueUrl=queue, WaitTimeSeconds=3),
                threads.submit(self.emulator.invoke, "sleeps"),
            ]
            time.sleep(0.5)
            self.assertEqual(self.iam("meanwhile").status, 200)
            self.assertEqual([one.done() for one in waiting], [False, False])
            self.assertEqual([one.exception() for one in waiting], [None, None])

    def at_once(self, work, numbers):
        with concurrent.futures.ThreadPoolExecutor(20) as threads:
            list(threads.map(work, numbers))

    def connect(self):
        connection = http.client.HTTPConnection(self.emulator.endpoint[len("http://") :], timeout=30)
        self.addCleanup(connection.close)
        return connection

    def iam(self, role, connection=None, call="", attempt=1):
        """CreateRole as it is sent, with SDK headers of its own."""
        fields = {"Action": "CreateRole", "Version": "2010-05-08", "RoleName": role}
        body = urllib.parse.urlencode({**fields, "AssumeRolePolicyDocument": json.dumps(TRUST_POLICY)})
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Authorization": "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/iam/aws4_request, Signature=x",
            "amz-sdk-invocation-id": call or role,
            "amz-sdk-request": f"attempt={attempt}; max=3",
        }
        connection = connection or self.connect()
        connection.request("POST", "/", body, headers)
        answer = connection.getresponse()
        answer.text = answer.read().decode()
        return answer


class GlueTest(EmulatorTest):
    def create_job(self, name, script, kind="pythonshell", **settings):
        try:
            self.create_bucket("scripts")
        except ClientError:
            pass
        if script is not None:
            self.client("s3").put_object(Bucket="scripts", Key=f"{name}.py", Body=script.encode())
        command = {"Name": kind, "ScriptLocation": f"s3://scripts/{name}.py", "PythonVersion": "3.9"}
        self.client("glue").create_job(Name=name, Role=ROLE, Command=command, **settings)

    def test_runs_the_script_with_merged_arguments(self):
        script = (
            "import boto3, json, sys\n"
            "boto3.client('s3').put_object(Bucket='scripts', Key='seen', Body=json.dumps(sys.argv[1:]))\n"
            "print('hello'); print('careful', file=sys.stderr)\n"
        )
        self.create_job("merge", script, DefaultArguments={"--a": "1", "--b": "2"})
        run = self.emulator.run_job("merge", {"--b": "3", "--c": "two words"})
        self.assertEqual((run["JobRunState"], run.get("ErrorMessage")), ("SUCCEEDED", None))
        seen = json.load(self.client("s3").get_object(Bucket="scripts", Key="seen")["Body"])
        self.assertEqual(seen, ["--a", "1", "--b", "3", "--c", "two words"])
        self.assertIn("hello", self.emulator.log_lines("/aws-glue/python-jobs/output"))
        self.assertIn("careful", self.emulator.log_lines("/aws-glue/python-jobs/error"))

    def test_starts_asynchronously_and_counts_concurrent_runs(self):
        self.create_job("wait", "import time\ntime.sleep(1)\n")
        glue = self.client("glue")
        began = time.monotonic()
        run_id = glue.start_job_run(JobName="wait")["JobRunId"]
        self.assertLess(time.monotonic() - began, 1)
        first = glue.get_job_run(JobName="wait", RunId=run_id)["JobRun"]
        self.assertIn(first["JobRunState"], ("STARTING", "RUNNING"))
        self.assertNotIn("CompletedOn", first)
        with self.assertRaises(ClientError) as refused:
            glue.start_job_run(JobName="wait")
        self.assertEqual(refused.exception.response["Error"]["Code"], "ConcurrentRunsExceededException")
        last = self.emulator.wait_for_run("wait", run_id)
        self.assertEqual(last["JobRunState"], "SUCCEEDED")
        self.assertGreaterEqual(last["ExecutionTime"], 1)

    def test_fails_with_the_reason(self):
        self.create_job("raises", "raise ValueError('no such day')")
        self.create_job("exits", "import sys\nsys.exit(4)")
        self.create_job("absent", None)
        for name, message in (
            ("raises", "ValueError: no such day"),
            ("exits", "Command failed with exit code 4"),
            ("absent", "LAUNCH ERROR | File 's3://scripts/absent.py' does not exist"),
        ):
            with self.subTest(name):
                run = self.emulator.run_job(name)
                self.assertEqual((run["JobRunState"], run["ErrorMessage"]), ("FAILED", message))

    def test_times_out(self):
        self.create_job("endless", "import time\ntime.sleep(60)", Timeout=1)
        run = self.emulator.run_job("endless")
        self.assertEqual((run["JobRunState"], run["Timeout"]), ("TIMEOUT", 1))

    def test_is_stopped(self):
        self.create_job("stopped", "import time\ntime.sleep(60)")
        glue = self.client("glue")
        run_id = glue.start_job_run(JobName="stopped")["JobRunId"]
        while glue.get_job_run(JobName="stopped", RunId=run_id)["JobRun"]["JobRunState"] != "RUNNING":
            time.sleep(0.02)
        answer = glue.batch_stop_job_run(JobName="stopped", JobRunIds=[run_id, "jr_other"])
        self.assertEqual([one["JobRunId"] for one in answer["SuccessfulSubmissions"]], [run_id])
        self.assertEqual([one["JobRunId"] for one in answer["Errors"]], ["jr_other"])
        self.assertEqual(self.emulator.wait_for_run("stopped", run_id)["JobRunState"], "STOPPED")

    def test_glue_library_and_extra_files(self):
        self.create_job(
            "library",
            "import sys, extra\nfrom awsglue.utils import getResolvedOptions\n"
            "print(getResolvedOptions(sys.argv, ['day'])['day'], extra.NAME)\n",
            DefaultArguments={"--extra-py-files": "s3://scripts/extra.py", "--day": "monday"},
        )
        self.client("s3").put_object(Bucket="scripts", Key="extra.py", Body=b"NAME = 'extra'")
        self.assertEqual(self.emulator.run_job("library")["JobRunState"], "SUCCEEDED")
        self.assertIn("monday extra", self.emulator.log_lines("/aws-glue/python-jobs/output"))

    def test_an_on_demand_trigger_starts_its_job(self):
        self.create_job("triggered", "print('triggered')")
        glue = self.client("glue")
        glue.create_trigger(Name="now", Type="ON_DEMAND", Actions=[{"JobName": "triggered"}])
        glue.start_trigger(Name="now")
        (run,) = glue.get_job_runs(JobName="triggered")["JobRuns"]
        self.assertEqual(self.emulator.wait_for_run("triggered", run["Id"])["JobRunState"], "SUCCEEDED")
        self.assertEqual(glue.get_trigger(Name="now")["Trigger"]["State"], "CREATED")

    def test_spark_jobs_keep_their_state_only(self):
        self.create_job("spark", None, kind="glueetl")
        self.assertEqual(self.emulator.run_job("spark")["JobRunState"], "SUCCEEDED")


class AccessTest(EmulatorTest):
    def setUp(self):
        super().setUp()
        self.create_bucket("data")
        self.s3 = self.client("s3")
        self.s3.put_object(Bucket="data", Key="private", Body=b"secret")

    def put_policy(self, *statements):
        policy = {"Version": "2012-10-17", "Statement": list(statements)}
        self.s3.put_bucket_policy(Bucket="data", Policy=json.dumps(policy))

    def test_unsigned_requests_are_refused(self):
        for path, method in (
            ("/data/private", "GET"),
            ("/data/absent", "GET"),
            ("/data?list-type=2", "GET"),
            ("/data/new", "PUT"),
            ("/data/private", "DELETE"),
            ("/data?policy", "GET"),
            ("/", "GET"),
        ):
            with self.subTest(f"{method} {path}"):
                status, body = self.unsigned(path, method, b"x" if method == "PUT" else None)
                self.assertEqual((status, b"AccessDenied" in body), (403, True))

    def test_presigned_reads_are_allowed(self):
        url = self.s3.generate_presigned_url("get_object", Params={"Bucket": "data", "Key": "private"})
        self.assertEqual(self.unsigned(url[len(self.emulator.endpoint) :]), (200, b"secret"))

    def test_a_public_policy_opens_what_it_names_until_it_is_blocked(self):
        self.s3.put_object(Bucket="data", Key="public/one", Body=b"open")
        allow = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::data/public/*"}
        self.put_policy(allow)
        self.assertEqual(self.unsigned("/data/public/one"), (200, b"open"))
        self.assertEqual(self.unsigned("/data/private")[0], 403)
        block = {"RestrictPublicBuckets": True}
        self.s3.put_public_access_block(Bucket="data", PublicAccessBlockConfiguration=block)
        self.assertEqual(self.unsigned("/data/public/one")[0], 403)

    def test_a_public_acl_opens_an_object(self):
        self.s3.put_object(Bucket="data", Key="open", Body=b"open", ACL="public-read")
        self.assertEqual(self.unsigned("/data/open"), (200, b"open"))

    def test_a_policy_for_tls_only_locks_nobody_out(self):
        for condition in ({"Bool": {"aws:SecureTransport": "false"}}, {"Bool": {"aws:SecureTransport": False}}):
            both = ["arn:aws:s3:::data", "arn:aws:s3:::data/*"]
            self.put_policy(
                {"Effect": "Deny", "Principal": {"AWS": "*"}, "Action": "s3:*", "Resource": both, "Condition": condition}
            )
            self.assertEqual(self.s3.get_object(Bucket="data", Key="private")["Body"].read(), b"secret")
            self.s3.list_objects_v2(Bucket="data")

    def test_a_plain_deny_holds_for_the_owner_too(self):
        deny = {"Effect": "Deny", "Principal": "*", "Action": "s3:DeleteObject", "Resource": "arn:aws:s3:::data/*"}
        self.put_policy(deny)
        with self.assertRaises(ClientError) as refused:
            self.s3.delete_object(Bucket="data", Key="private")
        self.assertEqual(refused.exception.response["Error"]["Code"], "AccessDenied")
        self.s3.put_object(Bucket="data", Key="private", Body=b"changed")


class GapsTest(EmulatorTest):
    def test_glue_update_job(self):
        glue = self.client("glue")
        command = {"Name": "glueetl", "ScriptLocation": "s3://scripts/x.py"}
        glue.create_job(Name="job", Role=ROLE, Command=command, Description="old", Timeout=5, Tags={"a": "b"})
        self.assertNotIn("ExecutionClass", glue.get_job(JobName="job")["Job"])
        update = {"Role": ROLE, "Command": command, "Timeout": 7, "ExecutionClass": "FLEX"}
        glue.update_job(JobName="job", JobUpdate=update)
        job = glue.get_job(JobName="job")["Job"]
        self.assertEqual((job["Timeout"], job["ExecutionClass"], job.get("Description")), (7, "FLEX", None))
        arn = f"arn:aws:glue:{REGION}:123456789012:job/job"
        self.assertEqual(glue.get_tags(ResourceArn=arn)["Tags"], {"a": "b"})

    def test_glue_update_trigger(self):
        glue = self.client("glue")
        settings = {"Type": "SCHEDULED", "Schedule": "cron(0 6 * * ? *)"}
        glue.create_trigger(Name="daily", Actions=[{"JobName": "job"}], **settings)
        update = {"Schedule": "cron(0 7 * * ? *)", "Actions": [{"JobName": "other"}]}
        answer = glue.update_trigger(Name="daily", TriggerUpdate=update)["Trigger"]
        self.assertEqual(answer["Schedule"], "cron(0 7 * * ? *)")
        self.assertEqual(glue.get_trigger(Name="daily")["Trigger"]["Actions"], [{"JobName": "other"}])

    def test_glue_update_crawler(self):
        glue = self.client("glue")
        targets = {"S3Targets": [{"Path": "s3://data/"}]}
        glue.create_crawler(Name="crawler", Role=ROLE, DatabaseName="db", Targets=targets)
        glue.update_crawler(Name="crawler", Description="new", Schedule="cron(0 1 * * ? *)")
        crawler = glue.get_crawler(Name="crawler")["Crawler"]
        self.assertEqual((crawler["Description"], crawler["Version"]), ("new", 2))
        self.assertEqual(crawler["Schedule"]["ScheduleExpression"], "cron(0 1 * * ? *)")

    def test_glue_delete_connection(self):
        glue = self.client("glue")
        glue.create_connection(
            ConnectionInput={"Name": "db", "ConnectionType": "JDBC", "ConnectionProperties": {"USERNAME": "me"}}
        )
        glue.delete_connection(ConnectionName="db")
        self.assertEqual(glue.get_connections()["ConnectionList"], [])

    def test_sqs_redrive_policy_has_no_spaces(self):
        sqs = self.client("sqs")
        dead = sqs.create_queue(QueueName="dead")["QueueUrl"]
        arn = sqs.get_queue_attributes(QueueUrl=dead, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
        policy = '{"deadLetterTargetArn":"%s","maxReceiveCount":3}' % arn
        live = sqs.create_queue(QueueName="live", Attributes={"RedrivePolicy": policy})["QueueUrl"]
        self.assertEqual(sqs.get_queue_attributes(QueueUrl=live, AttributeNames=["All"])["Attributes"]["RedrivePolicy"], policy)

    def test_athena_update_work_group(self):
        athena = self.client("athena")
        location = {"OutputLocation": "s3://data/results/"}
        settings = {"ResultConfiguration": location, "BytesScannedCutoffPerQuery": 10485760}
        athena.create_work_group(Name="group", Configuration=settings)
        updates = {
            "ResultConfigurationUpdates": {"RemoveOutputLocation": True},
            "RemoveBytesScannedCutoffPerQuery": True,
            "EnforceWorkGroupConfiguration": False,
        }
        athena.update_work_group(WorkGroup="group", Description="new", State="DISABLED", ConfigurationUpdates=updates)
        found = athena.get_work_group(WorkGroup="group")["WorkGroup"]
        self.assertEqual((found["Description"], found["State"]), ("new", "DISABLED"))
        self.assertEqual(found["Configuration"].get("ResultConfiguration"), {})
        self.assertNotIn("BytesScannedCutoffPerQuery", found["Configuration"])
        self.assertEqual(found["Configuration"]["EnforceWorkGroupConfiguration"], False)
        self.assertEqual(found["Configuration"]["PublishCloudWatchMetricsEnabled"], True)

    def test_athena_without_tags_and_named_queries(self):
        athena = self.client("athena")
        athena.create_work_group(Name="group")
        arn = f"arn:aws:athena:{REGION}:123456789012:workgroup/group"
        self.assertEqual(athena.list_tags_for_resource(ResourceARN=arn)["Tags"], [])
        query = {"Name": "q", "Database": "db", "QueryString": "select 1", "WorkGroup": "group"}
        query_id = athena.create_named_query(**query)["NamedQueryId"]
        athena.delete_named_query(NamedQueryId=query_id)
        self.assertEqual(athena.list_named_queries(WorkGroup="group")["NamedQueryIds"], [])


def iam_arn(role):
    return f"arn:aws:iam::123456789012:role/{role}"


def open_text(file):
    with open(file, encoding="utf-8") as opened:
        return opened.read()


def is_running(pid):
    try:
        os.kill(pid, 0)
        state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True).stdout
        return not state.startswith("Z")  # a zombie waits for whoever adopted it
    except ProcessLookupError:
        return False


if __name__ == "__main__":
    unittest.main()
