import type { CheckResult } from "../checks/check-result.ts";
import type { Finding, StackOutcome } from "../run/run-event.ts";
import type { CollectedStack } from "./collect-run.ts";
import { CHECK_TONE, type HtmlTone, renderBadge, toneOf, wordsOf } from "./html-look.ts";
import { foldLater } from "../plans/fold-later.ts";
import type { PlanLine } from "../plans/plan-line.ts";
import { type Markup, markup } from "./markup.ts";
import {
  apartSentence,
  blockedPhrase,
  approveCommand,
  driftPhrase,
  duration,
  failedMessage,
  overlayNote,
  placeLines,
  planPhrase,
  RAN_AS,
  STATUS_MARK,
  STEP_MARK,
  plannedStepPhrase,
  stepPhrase,
  unprovenLines,
  warningLines,
  warningsPhrase,
} from "./words.ts";

/** Whether there is more to say of a stack than its row says. */
export function hasSection(stack: CollectedStack): boolean {
  const { plan, drift, outcome, checks, reasons, warnings } = stack;
  const isQuiet =
    outcome?.status === "up-to-date" || outcome?.status === "unchanged"
      ? outcome.tests === undefined
      : outcome?.status === "no-drift" || outcome?.status === "not-applied";
  const hasSaid = plan !== undefined || drift !== undefined;
  return hasSaid || checks.length > 0 || reasons.length > 0 || warnings.length > 0 || !isQuiet;
}

/** What there is to say of one stack: how it ended, why it ran, its plan and its checks. */
export function renderSection(stack: CollectedStack, id: string, isFull: boolean): Markup {
  const { address, outcome, plan, drift, reasons, unproven, steps, checks, seconds, warnings } = stack;
  const hasFailed = outcome?.status === "failed" || checks.some(({ status }) => status === "failed");
  const tone = hasFailed ? "bad" : toneOf(outcome);
  const checkFailed =
    hasFailed && outcome?.status !== "failed" ? markup` <span class="badge bad">check failed</span>` : "";
  const phrase = plan ? ` plan: ${planPhrase(plan)}` : drift ? ` drift: ${driftPhrase(drift)}` : "";
  const took = seconds ? markup` <span class="soft">${duration(seconds)}</span>` : "";
  const warned =
    warnings.length === 0 ? "" : markup` <span class="badge warn">${warningsPhrase(warnings)}</span>`;
  const open =
    hasFailed || outcome?.status === "drifted" || warnings.some(({ isAssertion }) => isAssertion)
      ? markup` open`
      : "";
  return markup`<details id="${id}" class="${tone}" data-words="${wordsOf(stack)}"${open}>
<summary><code>${address}</code> ${renderBadge(outcome)}${checkFailed}${warned}${phrase}${took}</summary>
${renderOutcome(outcome)}${warnings.map((warning) => renderSaying("warn", warningLines(warning).join("\n"), ""))}${renderReasons(reasons)}${renderUnproven(unproven)}${renderPlan(plan, isFull)}${renderDrift(drift, isFull)}${renderSteps(steps)}${renderChecks(checks)}</details>
`;
}

function renderReasons(reasons: readonly string[]): Markup {
  if (reasons.length === 0) return markup``;
  return markup`<p>Runs because</p>\n<ul>${reasons.map((reason) => markup`<li>${reason}</li>`)}</ul>\n`;
}

function renderUnproven(unproven: CollectedStack["unproven"]): Markup {
  const [first, ...values] = unproven ? unprovenLines(unproven) : [];
  if (first === undefined) return markup``;
  const list =
    values.length === 0 ? "" : markup`<ul>${values.map((value) => markup`<li>${value}</li>`)}</ul>\n`;
  return markup`<p>${first}</p>\n${list}`;
}

function renderOutcome(outcome: StackOutcome | undefined): Markup {
  switch (outcome?.status) {
    case "failed":
      return markup`${renderSaying("bad", [failedMessage(outcome), ...placeLines(outcome)].join("\n"), outcome.hint ?? "")}${outcome.details.map(renderDetail)}`;
    case "blocked":
      return renderSaying("warn", blockedPhrase(outcome), "");
    case "deferred":
      return renderSaying("warn", outcome.reason, "");
    case "waiting":
      return renderSaying("warn", outcome.reason, approveCommand(outcome));
    default:
      return markup``;
  }
}

function renderSaying(tone: HtmlTone, message: string, hint: string): Markup {
  const more = hint === "" ? "" : markup`\n<b>hint:</b> ${hint}`;
  return markup`<div class="say ${tone}">${message}${more}</div>\n`;
}

function renderDetail(detail: Finding): Markup {
  const said = [
    failedMessage(detail),
    ...placeLines(detail),
    ...(detail.hint ? [`hint: ${detail.hint}`] : []),
  ];
  return markup`<pre>${said.join("\n")}</pre>\n`;
}

function renderPlan(plan: CollectedStack["plan"], isFull: boolean): Markup {
  if (!plan) return markup``;
  const overlay = overlayNote(plan);
  const lines = renderLines(isFull ? plan.lines : foldLater(plan.lines));
  return markup`${overlay === undefined ? "" : renderSaying("info", overlay, "")}${plan.findings.map(
    ({ message, hint }) => renderSaying("warn", message, hint),
  )}${(plan.steps ?? []).map((step) => renderSaying("info", plannedStepPhrase(step), ""))}${lines}`;
}

function renderDrift(drift: CollectedStack["drift"], isFull: boolean): Markup {
  if (!drift) return markup``;
  const apart = apartSentence(drift);
  return markup`${drift.findings.map(({ message, hint }) =>
    renderSaying("warn", message, hint),
  )}${renderLines(drift.lines)}${apart === undefined ? "" : renderSaying("info", apart, "")}${isFull ? renderLines(drift.apartLines) : ""}`;
}

function renderLines(lines: readonly PlanLine[]): Markup {
  if (lines.length === 0) return markup``;
  const rendered = lines.map(({ text, tone }) =>
    tone === "plain" || text === "" ? markup`${text}\n` : markup`<span class="${tone}">${text}</span>\n`,
  );
  return markup`<pre>${rendered}</pre>\n`;
}

function renderSteps(steps: CollectedStack["steps"]): Markup {
  const list = steps.map((step) => markup`<li>${STEP_MARK[step.status]} ${stepPhrase(step)}</li>\n`);
  return list.length === 0 ? markup`` : markup`<ul class="checks">\n${list}</ul>\n`;
}

function renderChecks(checks: readonly CheckResult[]): Markup {
  return checks.length === 0 ? markup`` : markup`<ul class="checks">\n${checks.map(renderCheck)}</ul>\n`;
}

function renderCheck({ name, status, message, details, ranAs, seconds }: CheckResult): Markup {
  const remark = status === "skipped" ? "skipped" : `${duration(seconds)}, ran ${RAN_AS[ranAs]}`;
  const more = status === "failed" && details !== undefined ? markup`<pre>${details}</pre>` : "";
  const said = markup`<code>${name}</code> ${message} <span class="soft">(${remark})</span>${more}`;
  return markup`<li class="${CHECK_TONE[status]}"><b>${STATUS_MARK[status]}</b> ${said}</li>\n`;
}
