"""The D2b data flow against the emulator: helper bucket, functions, raw layer, jobs, processed layer."""

import gzip
import json
import os
import sys
import unittest

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
D2B = os.path.join(HERE, "..", "..", "specs", "d2b")
sys.path.insert(0, os.path.join(HERE, "..", "emulator"))
from emulator_process import REGION, ROLE, EmulatorProcess  # noqa: E402

RAW, PROCESSED, HELPER = "flow-raw", "flow-processed", "flow-helper"
PARTITION = "raw/year=2015/month=01/day=01/hour=15"


def read(*path):
    with open(os.path.join(D2B, *path), "rb") as file:
        return file.read()


SAMPLE = read("data", "sample-events.json.gz")
EXPECTED = read("data", "expected-counts.json")


class FlowTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.emulator = EmulatorProcess()
        cls.addClassCleanup(cls.emulator.end)
        cls.s3 = cls.emulator.client("s3")

    def setUp(self):
        self.emulator.reset()
        for bucket in (RAW, PROCESSED, HELPER):
            self.s3.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": REGION})
        self.s3.put_object(Bucket=HELPER, Key="data/sample-events.json.gz", Body=SAMPLE)

    def create_function(self, name, **environment):
        folder = os.path.join(D2B, "functions", name)
        files = {file: read("functions", name, file) for file in os.listdir(folder) if file.endswith(".py")}
        self.emulator.create_function(name, files, Environment={"Variables": environment}, Timeout=30)

    def create_ingestion(self, source="data/sample-events.json.gz"):
        self.create_function("ingestion", BUCKET_NAME=RAW, SOURCE_URL=f"s3://{HELPER}/{source}")

    def run_job(self, name, **arguments):
        key = f"jobs/{name}.py"
        self.s3.put_object(Bucket=HELPER, Key=key, Body=read("jobs", f"{name}.py"))
        command = {"Name": "pythonshell", "ScriptLocation": f"s3://{HELPER}/{key}", "PythonVersion": "3.9"}
        glue = self.emulator.client("glue")
        if name not in glue.list_jobs()["JobNames"]:
            defaults = {f"--{key}": value for key, value in arguments.items()}
            glue.create_job(Name=name, Role=ROLE, Command=command, DefaultArguments=defaults)
        return self.emulator.run_job(name)

    def process(self):
        run = self.run_job("processing", raw_bucket=RAW, processed_bucket=PROCESSED, prefix="raw")
        self.assertEqual((run["JobRunState"], run.get("ErrorMessage")), ("SUCCEEDED", None))
        return self.s3.get_object(Bucket=PROCESSED, Key="processed/counts.json")["Body"].read()

    def raw_keys(self):
        return [found["Key"] for found in self.s3.list_objects_v2(Bucket=RAW).get("Contents", [])]

    def test_ingestion_to_exact_counts_twice(self):
        self.create_ingestion()
        answer = {
            "bucket": RAW,
            "objects": [
                {"hour": "2015-01-01-15", "key": f"{PARTITION}/events.json.gz", "events": 200, "bytes": len(SAMPLE)}
            ],
            "events": 200,
            "missing": [],
        }
        for _ in range(2):
            self.assertEqual(self.emulator.invoke("ingestion", {"hour": "2015-01-01-15"})[1], answer)
            self.assertEqual(self.raw_keys(), [f"{PARTITION}/events.json.gz"])
            self.assertEqual(self.process(), EXPECTED)

    def test_an_hour_asked_for_and_absent_is_an_error_and_a_scheduled_one_is_reported(self):
        self.create_ingestion("{hour}.json.gz")
        answer, payload = self.emulator.invoke("ingestion", {"hour": "2015-01-01-15"})
        self.assertEqual((answer["FunctionError"], payload["errorType"]), ("Unhandled", "SourceNotFound"))
        answer, payload = self.emulator.invoke("ingestion", {})
        self.assertNotIn("FunctionError", answer)
        self.assertEqual((payload["objects"], len(payload["missing"])), ([], 6))

    def test_a_source_that_breaks_off_leaves_nothing(self):
        self.s3.put_object(Bucket=HELPER, Key="data/sample-events.json.gz", Body=SAMPLE[:-100])
        self.create_ingestion()
        answer, payload = self.emulator.invoke("ingestion", {"hour": "2015-01-01-15"})
        self.assertEqual(answer["FunctionError"], "Unhandled")
        self.assertIn("broke off", payload["errorMessage"])
        self.assertEqual(self.raw_keys(), [])

    def test_the_dump_job_and_real_time_add_nothing_twice(self):
        run = self.run_job("ingestion", source_bucket=HELPER, source_key="data/sample-events.json.gz", raw_bucket=RAW)
        self.assertEqual((run["JobRunState"], run.get("ErrorMessage")), ("SUCCEEDED", None))
        self.assertEqual(self.raw_keys(), [f"{PARTITION}/dump-sample-events.json.gz"])
        self.assertEqual(self.process(), EXPECTED)

        self.create_function("realtime", BUCKET_NAME=RAW)
        known = [json.loads(line) for line in gzip.decompress(SAMPLE).splitlines()[:3]]
        for _ in range(2):
            answer, payload = self.emulator.invoke("realtime", {"events": known})
            self.assertNotIn("FunctionError", answer, payload)
            self.assertEqual((payload["events"], len(payload["objects"])), (3, 1))
        self.assertEqual(len(self.raw_keys()), 2)
        self.assertEqual(self.process(), EXPECTED)

        new = {**known[0], "id": "1", "created_at": "2015-01-02T00:00:00Z"}
        self.emulator.invoke("realtime", {"events": [new]})
        self.assertEqual(json.loads(self.process())["events"], 201)

    def test_processing_fails_on_nothing_and_on_what_is_no_event(self):
        run = self.run_job("processing", raw_bucket=RAW, processed_bucket=PROCESSED)
        self.assertEqual(run["JobRunState"], "FAILED")
        self.assertIn("nothing under", "\n".join(self.emulator.log_lines("/aws-glue/python-jobs/error")))
        self.s3.put_object(Bucket=RAW, Key="raw/x.json", Body=b'{"id": 1}\n')
        run = self.emulator.run_job("processing")
        self.assertEqual(run["JobRunState"], "FAILED")
        self.assertIn("raw/x.json line 1 is no event: KeyError('type')", run["ErrorMessage"])


if __name__ == "__main__":
    unittest.main()
