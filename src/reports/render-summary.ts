import type { CheckResult } from "../checks/check-result.ts";
import type { RunFinished } from "../run/run-event.ts";
import { FLAVOURS } from "../text/flavour.ts";
import type { Paint, Style } from "../text/paint.ts";
import { displayWidth } from "../text/terminal-text.ts";
import { type CollectedRun, type CollectedStack, foldQuiet } from "./collect-run.ts";
import { fitText } from "./fit-text.ts";
import { nextSteps } from "./next-steps.ts";
import { rehearsalSentences } from "./rehearsal-sentences.ts";
import { renderWarnings } from "./render-warnings.ts";
import { wrapText } from "./wrap-text.ts";
import {
  COMMAND_WORD,
  addCounts,
  count,
  countsDone,
  countsToDo,
  driftCounts,
  duration,
  listed,
  NO_COUNTS,
  outcomeCounts,
  outcomeWord,
  RAN_AS,
  stackRemark,
  warningsPhrase,
} from "./words.ts";

/** What a run came to: a row per stack, totals, checks, processes, and what to do next. */
export function renderSummary(run: CollectedRun, paint: Paint, columns = Infinity): readonly string[] {
  const { finished } = run;
  if (!finished) return [];
  return [
    "",
    ...renderTable(run.stacks, paint, columns),
    "",
    ...summarySentences(run).map((sentence) => capital(sentence)),
    ...renderWarnings(finished.warnings ?? [], paint),
    ...nextSteps(run).flatMap(({ text, hint }) => [
      `${paint("next", "bold", "cyan")}: ${text}`,
      ...(hint === undefined ? [] : [`  ${paint(hint, "bold")}`]),
    ]),
  ];
}

/** The facts below the table, one sentence each, without a full stop. */
export function summarySentences(run: CollectedRun): readonly string[] {
  const { finished } = run;
  if (!finished) return ["the run ended before it was finished"];
  return [
    `${COMMAND_WORD[finished.command]} finished in ${duration(finished.seconds)}: ${[outcomeTally(run.stacks), warningsPhrase(finished.warnings ?? [])].filter(Boolean).join("; ")}`,
    ...resourceTotals(run.stacks).map((text) => `resources: ${text}`),
    ...driftSentences(run.stacks),
    ...checkSentences(finished),
    ...processSentences(finished),
    ...rehearsalSentences(finished),
    ...(finished.unreadDataSources === 0
      ? []
      : [
          `${count(finished.unreadDataSources, "data source")} in stacks that were left alone ${finished.unreadDataSources === 1 ? "was" : "were"} not read anew (--refresh reads them)`,
        ]),
    ...orphanSentences(finished),
  ];
}

function orphanSentences({ orphans, isPruning, command }: RunFinished): readonly string[] {
  if (orphans.length === 0) return [];
  const them = orphans.length === 1 ? "it" : "them";
  const end =
    isPruning || command === "rehearse"
      ? `not pruned: the same command destroys ${them} once the rest is done`
      : `${command === "drift" ? "'platc apply' with " : ""}--prune destroys ${them}`;
  return [
    `${count(orphans.length, "orphan")}, applied but no longer in the spec: ${orphans.join(", ")} (${end})`,
  ];
}

/** `4 applied, 1 failed`. */
export function outcomeTally(stacks: readonly CollectedStack[]): string {
  const counts = new Map<string, number>();
  for (const { outcome } of stacks) {
    const word = outcomeWord(outcome);
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...counts].map(([word, number]) => `${number} ${word}`).join(", ") || "no stacks";
}

/** `3 added, 1 replaced; 2 to add`; none where nothing is counted. */
export function resourceTotals(stacks: readonly CollectedStack[]): readonly string[] {
  const sum = (isDone: boolean): typeof NO_COUNTS =>
    stacks
      .filter(({ outcome }) => outcome?.status !== "drifted" && (outcome?.status === "planned") !== isDone)
      .reduce((total, { outcome }) => addCounts(total, outcomeCounts(outcome) ?? NO_COUNTS), NO_COUNTS);
  const texts = [countsDone(sum(true)), countsToDo(sum(false))].filter((text) => text !== "");
  return texts.length === 0 ? [] : [texts.join("; ")];
}

function driftSentences(stacks: readonly CollectedStack[]): readonly string[] {
  const drifted = stacks.flatMap(({ outcome }) => (outcome?.status === "drifted" ? [outcome] : []));
  if (drifted.length === 0) return [];
  const sum = (key: "changed" | "gone"): number => drifted.reduce((total, one) => total + one[key], 0);
  return [`resources: ${driftCounts({ changed: sum("changed"), gone: sum("gone") })}`];
}

function checkSentences({ checks }: RunFinished): readonly string[] {
  if (checks.length === 0) return [];
  const number = (status: CheckResult["status"]): number =>
    checks.filter(({ result }) => result.status === status).length;
  const skipped = number("skipped");
  const sentence = `checks: ${number("passed")} passed, ${number("failed")} failed${skipped === 0 ? "" : `, ${skipped} skipped`}`;
  const ran = checks.filter(({ result }) => result.status !== "skipped");
  if (ran.every(({ result }) => result.ranAs === "cloud")) return [sentence];
  const parts = (["cloud", "emulator", "local process"] as const).flatMap((ranAs) => {
    const names = ran
      .filter(({ result }) => result.ranAs === ranAs)
      .map(({ address, result }) => `${address} ${result.name}`);
    return names.length === 0 ? [] : [`ran ${RAN_AS[ranAs]}: ${listed(names)}`];
  });
  return [sentence, ...parts];
}

function processSentences({ processes, flavour = "terraform" }: RunFinished): readonly string[] {
  const { product } = FLAVOURS[flavour];
  const started = [...processes].filter(([, number]) => number > 0);
  if (started.length === 0) return [`no ${product} process was started`];
  const all = started.reduce((sum, [, number]) => sum + number, 0);
  const each = started.map(([command, number]) => `${number} ${command}`).join(", ");
  return [`${count(all, `${product} process`, `${product} processes`)}: ${each}`];
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

interface Row {
  readonly cells: readonly string[];
  readonly style?: Style;
  readonly remark: string;
}

function renderTable(stacks: readonly CollectedStack[], paint: Paint, columns: number): readonly string[] {
  const { shown, folded, word } = foldQuiet(stacks);
  const hasReplacements = shown.some(({ outcome }) => (outcomeCounts(outcome)?.replace ?? 0) > 0);
  const head = ["stack", "outcome", "+", "~", "-", ...(hasReplacements ? ["-/+"] : []), "seconds"];
  const rows = shown.map((stack) => rowOf(stack, hasReplacements));
  const widths = head.map((title, column) =>
    Math.max(...[title, ...rows.map(({ cells }) => cells[column] ?? "")].map(displayWidth)),
  );
  const room = columns - widths.reduce((sum, width) => sum + width + 2, 0);
  const layOut = (cells: readonly string[], column: number): string => {
    const cell = cells[column] ?? "";
    const space = " ".repeat((widths[column] ?? 0) - displayWidth(cell));
    return column < 2 ? cell + space : space + cell;
  };
  const line = ({ cells, style }: Row, remark: string): string =>
    cells
      .map((_, column) => {
        const text = layOut(cells, column);
        return column === 1 && style ? paint(text, style) : text;
      })
      .concat(remark || [])
      .join("  ")
      .trimEnd();
  const linesOf = (row: Row): readonly string[] =>
    displayWidth(row.remark) <= room
      ? [line(row, row.remark)]
      : [line(row, ""), ...wrapText(row.remark, columns - 4).map((text) => `    ${text}`)];
  return [
    paint(line({ cells: head, remark: "" }, ""), "bold"),
    ...rows.flatMap(linesOf),
    ...(folded === 0 ? [] : [paint(`and ${count(folded, "stack")} ${word}`, "dim")]),
  ];
}

/** What a stack failed of stands above the table in full. */
const LONGEST_FAILURE = 80;

function rowOf(stack: CollectedStack, hasReplacements: boolean): Row {
  const { address, outcome, seconds } = stack;
  const counts = outcomeCounts(outcome);
  const numbers = [
    counts?.add,
    counts?.change,
    counts?.destroy,
    ...(hasReplacements ? [counts?.replace] : []),
  ];
  const style = outcomeStyle(stack);
  const remark = stackRemark(outcome, stack.warnings);
  return {
    cells: [
      address,
      outcomeWord(outcome),
      ...numbers.map((number) => (number === undefined ? "" : String(number))),
      seconds === undefined || seconds === 0 ? "" : seconds.toFixed(1),
    ],
    remark: outcome?.status === "failed" ? fitText(remark, LONGEST_FAILURE) : remark,
    ...(style ? { style } : {}),
  };
}

function outcomeStyle({ outcome }: CollectedStack): Style | undefined {
  switch (outcome?.status) {
    case "failed":
      return "red";
    case "blocked":
    case "deferred":
    case "waiting":
    case "declined":
    case "interrupted":
    case "drifted":
    case undefined:
      return "yellow";
    case "applied":
    case "destroyed":
    case "tested":
      return "green";
    case "planned":
    case "nothing-to-destroy":
    case "no-checks":
    case "no-drift":
    case "not-applied":
      return undefined;
    case "unchanged":
    case "up-to-date":
      return outcome.tests === undefined ? undefined : "yellow";
  }
}
