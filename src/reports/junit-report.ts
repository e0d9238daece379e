import type { CheckResult } from "../checks/check-result.ts";
import type { StackOutcome } from "../run/run-event.ts";
import type { CollectedRun, CollectedStack } from "./collect-run.ts";
import { rehearsalSentences } from "./rehearsal-sentences.ts";
import type { Reporter } from "./reporter.ts";
import { type WholeReportOptions, wholeReport } from "./whole-report.ts";
import {
  blockedPhrase,
  approveCommand,
  driftCounts,
  failedMessage,
  interruptedPhrase,
  outcomeRemark,
  outcomeWord,
  placeLines,
  RAN_AS,
  warningLines,
} from "./words.ts";
import { element, renderXml, type XmlElement } from "./xml.ts";

/** JUnit XML: the suite `stacks` with a case for each stack, then a suite for the checks of each stack that has any. */
export function junitReport(options: WholeReportOptions): Reporter {
  return wholeReport(options, renderJUnit);
}

function renderJUnit(run: CollectedRun): string {
  const suites = [
    suite(
      "stacks",
      run.stacks.map((stack) => stackCase(stack)),
      run.finished ? rehearsalSentences(run.finished) : [],
    ),
    ...run.stacks
      .filter(({ checks }) => checks.length > 0)
      .map(({ address, checks }) =>
        suite(
          address,
          checks.map((check) => checkCase(address, check)),
        ),
      ),
  ];
  const cases = suites
    .flatMap(({ children }) => children as readonly XmlElement[])
    .filter(({ name }) => name === "testcase");
  const name = run.announced ? `platc ${run.announced.command} ${run.announced.platform}` : "platc";
  return renderXml(
    element("testsuites", { name, ...countsOf(cases), ...timeOf(run.finished?.seconds) }, suites),
  );
}

function suite(name: string, cases: readonly XmlElement[], sentences: readonly string[] = []): XmlElement {
  const seconds = cases.reduce((sum, { attributes }) => sum + Number(attributes["time"]), 0);
  const said = sentences.length === 0 ? [] : [element("system-out", {}, [sentences.join("\n")])];
  return element("testsuite", { name, ...countsOf(cases), ...timeOf(seconds) }, [...cases, ...said]);
}

function countsOf(cases: readonly XmlElement[]): Readonly<Record<string, string>> {
  const having = (name: string): string =>
    String(
      cases.filter(({ children }) =>
        children.some((child) => typeof child !== "string" && child.name === name),
      ).length,
    );
  return {
    tests: String(cases.length),
    failures: having("failure"),
    errors: having("error"),
    skipped: having("skipped"),
  };
}

function timeOf(seconds = 0): Readonly<Record<string, string>> {
  return { time: seconds.toFixed(3) };
}

function stackCase({ address, outcome, seconds, warnings, drift }: CollectedStack): XmlElement {
  const children = ((): readonly XmlElement[] => {
    switch (outcome?.status) {
      case undefined:
        return [element("error", { message: "the run ended before this stack did" })];
      case "failed":
        return [element("failure", { message: failedMessage(outcome) }, textOf(failureText(outcome)))];
      case "blocked":
        return [element("skipped", { message: blockedPhrase(outcome) })];
      case "deferred":
        return [element("skipped", { message: `deferred: ${outcome.reason}` })];
      case "waiting":
        return [
          element("skipped", {
            message: `waits for \`${approveCommand(outcome)}\`: ${outcome.reason}`,
          }),
        ];
      case "nothing-to-destroy":
      case "declined":
      case "no-checks":
      case "not-applied":
        return [element("skipped", { message: outcomeWord(outcome) })];
      case "drifted": {
        const text = (drift?.lines ?? []).map((line) => line.text).join("\n");
        return [
          element("failure", { message: `drifted: ${driftCounts(outcome)}`, type: "drift" }, textOf(text)),
        ];
      }
      case "interrupted":
        return [element("skipped", { message: interruptedPhrase(outcome) })];
      default:
        return [
          element("system-out", {}, [
            [outcomeWord(outcome), outcomeRemark(outcome)].filter(Boolean).join(": "),
          ]),
        ];
    }
  })();
  const warned = warnings.map(
    (warning) =>
      `${warning.isAssertion ? "assertion failed" : "warning"}: ${warningLines(warning).join("\n")}`,
  );
  return element("testcase", { classname: "stacks", name: address, ...timeOf(seconds) }, [
    ...children,
    ...(warned.length === 0 ? [] : [element("system-err", {}, [warned.join("\n")])]),
  ]);
}

function failureText(outcome: Extract<StackOutcome, { status: "failed" }>): string {
  const [, ...said] = [outcome, ...outcome.details].flatMap((one) => [
    failedMessage(one),
    ...placeLines(one),
    ...(one.hint ? [`hint: ${one.hint}`] : []),
  ]);
  return said.join("\n");
}

function checkCase(address: string, check: CheckResult): XmlElement {
  const children = ((): readonly XmlElement[] => {
    switch (check.status) {
      case "passed":
        return [element("system-out", {}, [`${check.message}\nran ${RAN_AS[check.ranAs]}`])];
      case "failed":
        return [
          element("failure", { message: check.message, type: check.kind }, textOf(check.details ?? "")),
          element("system-out", {}, [`ran ${RAN_AS[check.ranAs]}`]),
        ];
      case "skipped":
        return [element("skipped", { message: check.message })];
    }
  })();
  return element("testcase", { classname: address, name: check.name, ...timeOf(check.seconds) }, children);
}

function textOf(text: string): readonly string[] {
  return text === "" ? [] : [text];
}
