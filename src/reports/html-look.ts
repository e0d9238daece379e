import type { CheckResult } from "../checks/check-result.ts";
import type { StackOutcome } from "../run/run-event.ts";
import type { CollectedStack } from "./collect-run.ts";
import { type Markup, markup } from "./markup.ts";
import { outcomeWord } from "./words.ts";

/** How well something went: a class of the style. */
export type HtmlTone = "good" | "bad" | "warn" | "info" | "calm";

export function toneOf(outcome: StackOutcome | undefined): HtmlTone {
  switch (outcome?.status) {
    case "failed":
      return "bad";
    case undefined:
    case "blocked":
    case "deferred":
    case "waiting":
    case "declined":
    case "interrupted":
    case "drifted":
      return "warn";
    case "applied":
    case "destroyed":
    case "tested":
      return "good";
    case "planned":
      return "info";
    case "nothing-to-destroy":
    case "no-checks":
    case "no-drift":
    case "not-applied":
      return "calm";
    case "unchanged":
    case "up-to-date":
      return outcome.tests === undefined ? "calm" : "warn";
  }
}

export const CHECK_TONE: Readonly<Record<CheckResult["status"], HtmlTone>> = {
  passed: "good",
  failed: "bad",
  skipped: "calm",
};

export function renderBadge(outcome: StackOutcome | undefined): Markup {
  return markup`<span class="badge ${toneOf(outcome)}">${outcomeWord(outcome)}</span>`;
}

/** What the filter of the page looks for. */
export function wordsOf({ address, outcome, checks }: CollectedStack): string {
  const failed = checks.some(({ status }) => status === "failed") ? " failed" : "";
  return `${address} ${outcomeWord(outcome)}${failed}`.toLowerCase();
}
