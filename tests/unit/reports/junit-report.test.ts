import { expect, test } from "vitest";
import { junitReport } from "../../../src/reports/junit-report.ts";
import type { RunEvent } from "../../../src/run/run-event.ts";
import { parseXml } from "./parse-xml.ts";
import { finished, STORY } from "./story.ts";

function textOf(events: readonly RunEvent[], redact?: (text: string) => string): string {
  const written: string[] = [];
  const report = junitReport({ write: (text) => written.push(text), ...(redact ? { redact } : {}) });
  for (const event of events) report.tell(event);
  report.close();
  report.close();
  return written.join("");
}

test("a run in which everything happens", () => {
  const text = textOf(STORY);
  expect(text).toMatchInlineSnapshot(`
    "<?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="platc apply d2b" tests="11" failures="2" errors="0" skipped="4" time="95.000">
      <testsuite name="stacks" tests="8" failures="1" errors="0" skipped="3" time="88.240">
        <testcase classname="stacks" name="dev/network" time="0.000">
          <system-out>up to date</system-out>
        </testcase>
        <testcase classname="stacks" name="dev/storage/raw" time="72.400">
          <system-out>applied</system-out>
        </testcase>
        <testcase classname="stacks" name="dev/ingestion" time="9.200">
          <system-out>applied</system-out>
        </testcase>
        <testcase classname="stacks" name="dev/warehouse" time="3.140">
          <failure message="Terraform ended with exit code 1 in &quot;apply&quot;">hint: the role of the credentials may not create workgroups
    creating Athena Workgroup: AccessDenied
    status code: 403</failure>
        </testcase>
        <testcase classname="stacks" name="dev/app" time="0.000">
          <skipped message="blocked by dev/warehouse"/>
        </testcase>
        <testcase classname="stacks" name="dev/cluster" time="0.000">
          <skipped message="deferred: for_each needs outputs.network.zones of dev/network"/>
        </testcase>
        <testcase classname="stacks" name="dev/dns" time="2.000">
          <skipped message="waits for \`platc approve a1b2c3\`: the plan differs from the approved one"/>
        </testcase>
        <testcase classname="stacks" name="dev/budget" time="1.500">
          <system-out>unchanged</system-out>
        </testcase>
      </testsuite>
      <testsuite name="dev/storage/raw" tests="1" failures="0" errors="0" skipped="0" time="0.200">
        <testcase classname="dev/storage/raw" name="objects" time="0.200">
          <system-out>s3://d2b-raw/seed has 3 objects
    ran by the emulator</system-out>
        </testcase>
      </testsuite>
      <testsuite name="dev/ingestion" tests="2" failures="1" errors="0" skipped="1" time="4.000">
        <testcase classname="dev/ingestion" name="invoke" time="4.000">
          <failure message="functionError is Unhandled, expected null" type="lambda">Traceback:
      boom
    </failure>
          <system-out>ran as a local process for the emulator</system-out>
        </testcase>
        <testcase classname="dev/ingestion" name="health" time="0.000">
          <skipped message="the emulator serves no load balancer"/>
        </testcase>
      </testsuite>
    </testsuites>
    "
  `);
  expect(parseXml(text).attributes["tests"]).toBe("11");
});

test("any text arrives, but for characters that XML does not know", () => {
  const message = `<b a="1">&amp;</b> ]]> 'x'\ttab\r\n\u0000\u001b[31m\ufffe 金😀\ud800`;
  const text = textOf([finished("dev/<x>", { status: "failed", message, hint: message, details: [] }, 1)]);
  const suite = parseXml(text).children[0]!;
  if (typeof suite === "string") throw new Error();
  const shown = `<b a="1">&amp;</b> ]]> 'x'\ttab\r\n␀␛[31m\ufffd 金😀\ufffd`;
  expect(suite.children).toEqual([
    {
      name: "testcase",
      attributes: { classname: "stacks", name: "dev/<x>", time: "1.000" },
      children: [{ name: "failure", attributes: { message: shown }, children: [`hint: ${shown}`] }],
    },
  ]);
});

test("a stack that the run never came to is an error", () => {
  expect(textOf(STORY.slice(0, 5))).toContain('message="the run ended before this stack did"');
});

test("secrets do not come through, and nothing comes of nothing", () => {
  expect(textOf(STORY, (text) => text.replaceAll("AccessDenied", "***"))).not.toContain("AccessDenied");
  expect(textOf([])).toBe("");
});
