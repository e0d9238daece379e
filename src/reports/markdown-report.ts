import type { Finding } from "../run/run-event.ts";
import { harmless } from "../text/terminal-text.ts";
import { type CollectedRun, type CollectedStack, foldQuiet } from "./collect-run.ts";
import { foldLater } from "../plans/fold-later.ts";
import { type Block, fitBlocks, linesWithin, type Section, sizeOf } from "./fit-blocks.ts";
import { diffLine, fencesFor, markdownCode, markdownText } from "./markdown-text.ts";
import { nextSteps } from "./next-steps.ts";
import { summarySentences } from "./render-summary.ts";
import { rehearsalHead } from "./rehearsal-head.ts";
import type { Reporter } from "./reporter.ts";
import { withCode } from "./with-code.ts";
import { type WholeReportOptions, wholeReport } from "./whole-report.ts";
import {
  apartSentence,
  COMMAND_WORD,
  driftPhrase,
  failedMessage,
  outcomeCounts,
  outcomeWord,
  overlayNote,
  placeLines,
  plannedStepPhrase,
  planPhrase,
  stackRemark,
  STATUS_MARK,
  STEP_MARK,
  stepPhrase,
  unprovenLines,
  warningLines,
  warningsPhrase,
} from "./words.ts";

export interface MarkdownReportOptions extends WholeReportOptions {
  /** What tells the comment of one environment from that of another. */
  readonly environment: string;
  /** Bytes: GitHub takes comments of 65,536 characters. */
  readonly limit?: number;
}

/** The first line of a comment, by which whoever posts it finds the one to replace. */
export function markdownMarker(environment: string): string {
  return `<!-- platc ${encodeURIComponent(harmless(environment))} -->`;
}

/** Markdown for a comment on a pull request: a table, then what there is to say of each stack, folded. */
export function markdownReport(options: MarkdownReportOptions): Reporter {
  const { environment, limit = 65_000, isFull = false, redact = (text) => text } = options;
  return wholeReport(options, (run) => renderMarkdown(run, redact(environment), { limit, isFull }));
}

const CUT_BYTES = 300;

function renderMarkdown(
  run: CollectedRun,
  environment: string,
  { limit, isFull }: { readonly limit: number; readonly isFull: boolean },
): string {
  const title = titleOf(run, environment);
  const table = cutTable(tableOf(run.stacks), limit / 3);
  const facts = linesWithin([...sentencesOf(run), ...notesOf(run, "Note: ")], limit / 4);
  const body = isRehearsal(run) ? rehearsedBody(run, limit) : [...table, "", ...facts, ""];
  const head = [markdownMarker(environment), title, "", ...body];
  const blocks = run.stacks.flatMap((stack) => blockOf(stack, isFull, !isRehearsal(run)) ?? []);
  const { lines, cutLines, cutBlocks } = fitBlocks(blocks, limit - sizeOf(head) - CUT_BYTES);
  const cuts = [
    ...(cutLines === 0 ? [] : [`${cutLines} ${cutLines === 1 ? "line" : "lines"}`]),
    ...(cutBlocks === 0
      ? []
      : [`all that there is to say of ${cutBlocks} ${cutBlocks === 1 ? "stack" : "stacks"}`]),
  ];
  const cut =
    cuts.length === 0
      ? []
      : [`**Cut to fit into a comment:** ${cuts.join(" and ")}. The log of the run has all.`];
  return `${[...head, ...lines, ...cut].join("\n").trimEnd()}\n`;
}

function isRehearsal({ announced, finished }: CollectedRun): boolean {
  return (announced?.command ?? finished?.command) === "rehearse";
}

/** What a reviewer has to know first, then the table and what there is to say of the run, folded. */
function rehearsedBody(run: CollectedRun, limit: number): readonly string[] {
  const head = rehearsalHead(run, { notes: notesOf(run, ""), limit });
  const table = cutTable(tableOf(run.stacks), limit / 6);
  const facts = linesWithin(sentencesOf(run), limit / 12);
  const summary = "<details><summary>Each stack, and what the rehearsal rested on</summary>";
  return [...head, summary, "", ...table, "", ...facts, "", "</details>", ""];
}

function titleOf({ announced, finished }: CollectedRun, environment: string): string {
  const command = announced?.command ?? finished?.command;
  const platform = announced ? `${markdownText(announced.platform)}, ` : "";
  const target = announced?.target === "emulator" ? " (against the emulator)" : "";
  return `### ${command ? COMMAND_WORD[command] : "Run"}: ${platform}${markdownText(environment)}${target}`;
}

const TABLE_HEAD = [
  "| Stack | Outcome | + | ~ | - | -/+ | |",
  "| --- | --- | ---: | ---: | ---: | ---: | --- |",
];
function tableOf(stacks: readonly CollectedStack[]): readonly string[] {
  const { shown, folded, word } = foldQuiet(stacks);
  return [
    ...TABLE_HEAD,
    ...shown.map(rowOf),
    ...(folded === 0 ? [] : [`| ${folded} more | ${word} | | | | | |`]),
  ];
}

function rowOf({ address, outcome, warnings }: CollectedStack): string {
  const counts = outcomeCounts(outcome);
  const isBad = outcome === undefined || outcome.status === "failed";
  const word = isBad ? `**${outcomeWord(outcome)}**` : outcomeWord(outcome);
  const cells = [
    markdownCode(address),
    word,
    ...[counts?.add, counts?.change, counts?.destroy, counts?.replace].map((number) => String(number ?? "")),
    markdownText(stackRemark(outcome, warnings)),
  ];
  return `| ${cells.join(" | ")} |`.replace(/ {2,}/g, " ");
}

function cutTable(lines: readonly string[], bytes: number): readonly string[] {
  if (sizeOf(lines) <= bytes) return lines;
  const shown = linesWithin(lines, bytes);
  return [...shown, "", `_${lines.length - shown.length} more rows cut_`];
}

function sentencesOf(run: CollectedRun): readonly string[] {
  return summarySentences(run).map((sentence) => `- ${markdownText(sentence)}`);
}

function notesOf(run: CollectedRun, label: string): readonly string[] {
  return [
    ...run.notes.map(
      ({ message, hint }) => `- ${label}${markdownText(message)}${hint ? ` (${markdownText(hint)})` : ""}`,
    ),
    ...nextSteps(run).map(
      ({ text, hint }) =>
        `- **Next:** ${withCode(text, markdownWords, markdownCode).join("")}${hint ? `: ${markdownCode(hint)}` : ""}`,
    ),
  ];
}

/** Text as it is, but for what Markdown would read in it; the space around it stays. */
function markdownWords(text: string): string {
  return text.replace(/\S(?:.*\S)?/s, markdownText);
}

function blockOf(stack: CollectedStack, isFull: boolean, opensUrgent: boolean): Block | undefined {
  const sections = [
    failureOf(stack),
    warningsOf(stack),
    remarksOf(stack),
    planOf(stack, isFull),
    ...driftOf(stack, isFull),
    stepsOf(stack),
    ...checksOf(stack),
  ].filter(({ lines }) => lines.length > 0);
  if (sections.length === 0) return undefined;
  const hasFailed = stack.outcome?.status === "failed";
  const hasFailedCheck = stack.checks.some(({ status }) => status === "failed");
  const hasFailedAssertion = stack.warnings.some(({ isAssertion }) => isAssertion);
  const hasDrifted = stack.outcome?.status === "drifted";
  const isUrgent = hasFailed || hasFailedCheck || hasFailedAssertion || hasDrifted;
  const phrases = [
    ...(hasFailed ? ["<b>failed</b>"] : hasFailedCheck ? ["<b>check failed</b>"] : []),
    ...(stack.warnings.length === 0 ? [] : [`<b>${warningsPhrase(stack.warnings)}</b>`]),
    ...(stack.plan ? [`plan: ${planPhrase(stack.plan)}`] : []),
    ...(stack.drift ? [`drift: ${driftPhrase(stack.drift)}`] : []),
    ...(stack.plan || stack.drift || hasFailed ? [] : [outcomeWord(stack.outcome)]),
  ];
  const summary = `${markdownCode(stack.address)} ${phrases.join(", ")}`;
  return {
    open: [`<details${isUrgent && opensUrgent ? " open" : ""}><summary>${summary}</summary>`, ""],
    sections,
    close: ["</details>", ""],
    isUrgent,
  };
}

function failureOf({ outcome }: CollectedStack): Section {
  if (outcome?.status !== "failed") return { open: [], lines: [], close: [] };
  const said = [outcome, ...outcome.details].flatMap((one) => [
    failedMessage(one),
    ...placeLines(one),
    ...(one.hint ? [`hint: ${one.hint}`] : []),
  ]);
  return fenced(said.flatMap((text) => harmless(text).split("\n")));
}

function warningsOf({ warnings }: CollectedStack): Section {
  const lines = warnings.map((warning) => {
    const [message = "", ...more] = warningLines(warning);
    const said = more.length === 0 ? "" : ` (${markdownText(more.join(" "))})`;
    return `- **${warning.isAssertion ? "Assertion failed" : "Warning"}:** ${markdownText(message)}${said}`;
  });
  return { open: [], lines, close: [""] };
}

function remarksOf({ reasons, plan, unproven }: CollectedStack): Section {
  const overlay = plan ? overlayNote(plan) : undefined;
  const lines = [
    ...reasons.map((reason) => `- runs because: ${markdownText(reason)}`),
    ...(overlay === undefined ? [] : [`- ${markdownText(overlay)}`]),
    ...(unproven ? unprovenLines(unproven).map((line) => `- ${markdownText(line)}`) : []),
    ...(plan?.steps ?? []).map((step) => `- ${markdownText(plannedStepPhrase(step))}`),
    ...(plan?.findings ?? []).map(findingLine),
  ];
  return { open: [], lines, close: [""] };
}

function planOf({ plan }: CollectedStack, isFull: boolean): Section {
  const lines = plan?.lines ?? [];
  return fenced((isFull ? lines : foldLater(lines)).map(diffLine), "diff");
}

function driftOf({ drift }: CollectedStack, isFull: boolean): readonly Section[] {
  if (!drift) return [];
  const apart = apartSentence(drift);
  return [
    { open: [], lines: drift.findings.map(findingLine), close: [""] },
    fenced(drift.lines.map(diffLine), "diff"),
    { open: [], lines: apart === undefined ? [] : [markdownText(apart)], close: [""] },
    ...(isFull ? [fenced(drift.apartLines.map(diffLine), "diff")] : []),
  ].filter(({ lines }) => lines.length > 0);
}

function findingLine({ message, hint }: Finding): string {
  return `- **Warning:** ${markdownText(message)}${hint === "" ? "" : ` (${markdownText(hint)})`}`;
}

function stepsOf({ steps }: CollectedStack): Section {
  const lines = steps.map(
    (step) => `- ${STEP_MARK[step.status].replace("-", "–")} ${markdownText(stepPhrase(step))}`,
  );
  return { open: [], lines, close: [""] };
}

// A hyphen would begin a list within the list.
const CHECK_MARK = { ...STATUS_MARK, skipped: "–" };

function checksOf({ checks }: CollectedStack): readonly Section[] {
  const lines = checks.map(
    ({ name, status, message }) => `- ${CHECK_MARK[status]} ${markdownCode(name)} ${markdownText(message)}`,
  );
  const logs = checks.flatMap(({ name, status, details }) =>
    status === "failed" && details !== undefined
      ? [fenced([`${name}:`, ...details.replace(/\n+$/, "").split("\n")].map(harmless))]
      : [],
  );
  return [{ open: [], lines, close: [""] }, ...logs];
}

function fenced(lines: readonly string[], language?: string): Section {
  const { open, close } = fencesFor(lines, language);
  return { open: [open], lines, close: [close, ""] };
}
