"""The D2b functions and jobs piece by piece, without AWS."""

import gzip
import http.server
import importlib.util
import io
import json
import os
import sys
import threading
import unittest
from datetime import datetime, timezone
from unittest import mock

sys.dont_write_bytecode = True  # the folders are packages whose content counts
D2B = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "specs", "d2b")


def load(*path):
    """A module from its file; what lies beside it is importable, as in a Lambda."""
    file = os.path.join(D2B, *path)
    name = "d2b_" + "_".join(path).replace(".py", "")
    spec = importlib.util.spec_from_file_location(name, file)
    module = importlib.util.module_from_spec(spec)
    with mock.patch.object(sys, "path", [os.path.dirname(file), *sys.path]):
        spec.loader.exec_module(module)
    return module


ingestion = load("functions", "ingestion", "main.py")
event_stream = load("functions", "ingestion", "event_stream.py")
source = load("functions", "ingestion", "source.py")
realtime = load("functions", "realtime", "main.py")
copying = load("jobs", "ingestion.py")
processing = load("jobs", "processing.py")
sample = load("data", "make_sample.py")


class IngestionTest(unittest.TestCase):
    def test_names_the_hour_as_gh_archive_and_pads_the_partition(self):
        hour = ingestion.parse_hour("2015-01-02-3")
        self.assertEqual(ingestion.hour_name(hour), "2015-01-02-3")
        self.assertEqual(ingestion.raw_key(hour), "raw/year=2015/month=01/day=02/hour=03/events.json.gz")

    def test_a_scheduled_run_takes_all_hours_since_the_last(self):
        now = datetime(2024, 3, 1, 1, 30, tzinfo=timezone.utc)
        with mock.patch.dict(os.environ, {"HOURS_PER_RUN": "3"}):
            hours = ingestion.newest_hours(now, "https://example.com/{hour}.json.gz")
        self.assertEqual([ingestion.hour_name(hour) for hour in hours], ["2024-02-29-21", "2024-02-29-22", "2024-02-29-23"])
        self.assertEqual(len(ingestion.newest_hours(now, "s3://helper/dump.json.gz")), 1)

    def test_refuses_another_kind_of_source(self):
        with self.assertRaisesRegex(ValueError, "must start with https:// or s3://"):
            source.open_source("ftp://example.com/x")


class CountingReaderTest(unittest.TestCase):
    def read(self, packed, size):
        reader = event_stream.CountingReader(io.BytesIO(packed))
        passed_on = b"".join(iter(lambda: reader.read(size), b"")) if size > 0 else reader.read()
        self.assertEqual(passed_on, packed)
        return reader

    def test_counts_lines_however_it_is_read(self):
        cases = {
            0: b"",
            2: b'{"a":1}\n{"b":2}\n',
            3: b'{"a":1}\n\n  \n{"b":2}\n{"c":3}',
        }
        for expected, text in cases.items():
            for size in (-1, 1, 7, 1000):
                with self.subTest(text=text, size=size):
                    self.assertEqual(self.read(gzip.compress(text), size).events, expected)

    def test_counts_all_members_of_a_gzip_file(self):
        packed = gzip.compress(b"1\n2") + gzip.compress(b"0\n3\n")
        for size in (1, 1000):
            self.assertEqual(self.read(packed, size).events, 3)

    def test_refuses_a_stream_that_was_cut_off(self):
        packed = gzip.compress(b"1\n2\n")
        for cut in (packed[:-1], packed[:5], b""):
            with self.assertRaisesRegex(ValueError, f"broke off after {len(cut)} bytes"):
                self.read(cut, 4)


class HttpSourceTest(unittest.TestCase):
    def setUp(self):
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(200 if self.path == "/2015-01-01-1.json.gz" else 404)
                self.end_headers()
                self.wfile.write(b"found")

            def log_message(self, *_):
                pass

        self.server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever)
        self.thread.start()

    def tearDown(self):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()

    def test_reads_a_page_and_knows_what_is_not_there(self):
        address = f"http://127.0.0.1:{self.server.server_port}/"
        with source.open_source(address + "2015-01-01-1.json.gz") as body:
            self.assertEqual(body.read(), b"found")
        with self.assertRaises(source.SourceNotFound):
            source.open_source(address + "2015-01-01-2.json.gz")


class RealtimeTest(unittest.TestCase):
    event = {"id": "1", "type": "PushEvent", "created_at": "2015-01-01T05:06:07Z"}

    def test_accepts_every_shape(self):
        records = {"Records": [{"body": json.dumps(self.event)}]}
        for payload in ({"events": [self.event]}, [self.event], self.event, records):
            self.assertEqual(realtime.events_of(payload), [self.event])
        self.assertEqual(realtime.events_of({}), [])

    def test_partitions_by_the_hour_of_the_event(self):
        self.assertEqual(realtime.partition(self.event["created_at"]), "raw/year=2015/month=01/day=01/hour=05")

    def test_says_everything_that_is_wrong(self):
        with self.assertRaisesRegex(ValueError, "event 0: no created_at; event 1: no id; event 1: no type"):
            realtime.check([{"id": "1", "type": "x"}, {"created_at": "y"}])


class JobsTest(unittest.TestCase):
    def test_arguments_of_glue_itself_are_ignored(self):
        given = ["--raw_bucket", "r", "--processed_bucket", "p", "--job-language", "python", "--JOB_ID", "j"]
        options = processing.parse(given)
        self.assertEqual(vars(options), {"raw_bucket": "r", "processed_bucket": "p", "prefix": "raw", "output_prefix": "processed"})

    def test_counts_an_event_once(self):
        counts = processing.Counts()
        event = {"id": 1, "type": "PushEvent", "repo": {"name": "a/b"}, "actor": {"login": "a"}}
        counts.add(event)
        counts.add({**event, "id": "1"})
        counts.add({**event, "id": 2})
        self.assertEqual((counts.events, counts.repeated, counts.by_type["PushEvent"]), (2, 1, 2))

    def test_an_incomplete_event_leaves_no_half_count(self):
        counts = processing.Counts()
        with self.assertRaises(KeyError):
            counts.add({"id": 1, "type": "PushEvent", "repo": {"name": "a/b"}})
        self.assertEqual((counts.events, counts.by_type), (0, {}))

    def test_a_dump_out_of_order_is_sorted_into_hours(self):
        self.assertEqual(copying.partition_of(b'{"created_at":"2015-01-01T15:00:00Z"}', 1), "year=2015/month=01/day=01/hour=15")
        with self.assertRaisesRegex(ValueError, "line 7 of the dump is no event"):
            copying.partition_of(b"id,name", 7)


class SampleTest(unittest.TestCase):
    def test_the_committed_files_are_what_the_script_makes(self):
        folder = os.path.join(D2B, "data")
        with gzip.open(os.path.join(folder, "sample-events.json.gz")) as file:
            committed = [json.loads(line) for line in file]
        self.assertEqual(committed, [sample.make_event(number) for number in range(sample.EVENTS)])
        with open(os.path.join(folder, "sample-events.json.gz"), "rb") as file:
            self.assertEqual(file.read(8)[4:8], b"\0\0\0\0")  # no time in it
        with open(os.path.join(folder, "expected-counts.json"), encoding="utf-8") as file:
            self.assertEqual(json.load(file), sample.expected_counts())

    def test_every_event_is_one_of_its_own_in_the_hour(self):
        events = [sample.make_event(number) for number in range(sample.EVENTS)]
        self.assertEqual(len({event["id"] for event in events}), sample.EVENTS)
        self.assertTrue(all(event["created_at"].startswith(sample.HOUR) for event in events))


if __name__ == "__main__":
    unittest.main()
