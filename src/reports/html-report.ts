import { createHash } from "node:crypto";
import type { Graph } from "../graph/graph.ts";
import { type CollectedRun, type CollectedStack, foldQuiet } from "./collect-run.ts";
import { renderHtmlGraph } from "./html-graph.ts";
import { CHECK_TONE, type HtmlTone, renderBadge, toneOf, wordsOf } from "./html-look.ts";
import { HTML_SCRIPT } from "./html-script.ts";
import { hasSection, renderSection } from "./html-section.ts";
import { HTML_STYLE } from "./html-style.ts";
import { type Markup, markup, verbatim } from "./markup.ts";
import { nextSteps } from "./next-steps.ts";
import { summarySentences } from "./render-summary.ts";
import type { Redact, Reporter } from "./reporter.ts";
import { type WholeReportOptions, wholeReport } from "./whole-report.ts";
import { withCode } from "./with-code.ts";
import { COMMAND_WORD, count, outcomeCounts, outcomeWord, stackRemark } from "./words.ts";

export interface HtmlReportOptions extends WholeReportOptions {
  /** The stacks and what they come after, drawn at the top. */
  readonly graph?: Graph;
}

/** One page with everything in it, that loads nothing and can run nothing but its own filter. */
export function htmlReport(options: HtmlReportOptions): Reporter {
  const { graph, isFull = false, redact = (text) => text } = options;
  return wholeReport(options, (run) => renderPage(run, graph && redactGraph(graph, redact), isFull));
}

function redactGraph(graph: Graph, redact: Redact): Graph {
  return {
    nodes: graph.nodes.map(redact),
    upstreamOf: new Map(
      [...graph.upstreamOf].map(([node, upstreams]) => [redact(node), upstreams.map(redact)]),
    ),
  };
}

function hash(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}

const POLICY = [
  "default-src 'none'",
  `style-src ${hash(HTML_STYLE)}`,
  `script-src ${hash(HTML_SCRIPT)}`,
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

function renderPage(run: CollectedRun, graph: Graph | undefined, isFull: boolean): string {
  const { announced, finished, stacks } = run;
  const command = announced?.command ?? finished?.command;
  const title = `${command ? COMMAND_WORD[command] : "Run"} of ${announced?.platform ?? "a platform"}`;
  const detailed = stacks.filter(hasSection);
  const ids = new Map(detailed.map(({ address }, at) => [address, `stack-${at + 1}`]));
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${verbatim(HTML_STYLE)}</style>
</head>
<body>
<header>
<h1>${title}</h1>
${renderOrigin(run)}${renderTotals(run)}</header>
${renderFacts(run)}${graph ? renderGraph(graph, run, ids) : ""}<h2>Stacks</h2>
<input id="filter" type="search" placeholder="Filter by address or outcome" aria-label="Filter" hidden>
${renderTable(stacks, ids)}<p id="none" class="soft" hidden>Nothing matches.</p>
${detailed.map((stack) => renderSection(stack, ids.get(stack.address)!, isFull))}<script>${verbatim(HTML_SCRIPT)}</script>
</body>
</html>
`.html;
}

const EMULATOR_NOTE =
  "This ran against the emulator: it proves nothing of the permissions, quotas and networks of the cloud.";

function renderOrigin({ announced }: CollectedRun): Markup {
  if (!announced) return markup``;
  const note = announced.target === "emulator" ? markup`<p class="say warn">${EMULATOR_NOTE}</p>\n` : "";
  return markup`<p class="soft">Run <code>${announced.runId}</code>, target ${announced.target}</p>\n${note}`;
}

function renderFacts(run: CollectedRun): Markup {
  const facts = [
    ...summarySentences(run).map((sentence) => markup`${sentence}`),
    ...run.notes.map(({ message, hint }) => markup`Note: ${message}${hint ? ` (${hint})` : ""}`),
    ...nextSteps(run).map(
      ({ text, hint }) =>
        markup`<b>Next:</b> ${wordsAndCode(text)}${hint === undefined ? "" : markup`: <code>${hint}</code>`}`,
    ),
  ];
  return markup`<ul>\n${facts.map((fact) => markup`<li>${fact}</li>\n`)}</ul>\n`;
}

function wordsAndCode(sentence: string): readonly Markup[] {
  return withCode(
    sentence,
    (text) => markup`${text}`,
    (code) => markup`<code>${code}</code>`,
  );
}

function renderTotals({ stacks }: CollectedRun): Markup {
  const totals = new Map<string, { readonly number: number; readonly tone: HtmlTone }>();
  for (const { outcome } of stacks) {
    const word = outcomeWord(outcome);
    totals.set(word, { number: (totals.get(word)?.number ?? 0) + 1, tone: toneOf(outcome) });
  }
  const checks = stacks.flatMap((stack) => stack.checks);
  const checkTotals = (["passed", "failed", "skipped"] as const).flatMap((status) => {
    const number = checks.filter((check) => check.status === status).length;
    const words = `${number === 1 ? "check" : "checks"} ${status}`;
    return number === 0 ? [] : [renderTotal(CHECK_TONE[status], number, words)];
  });
  const stackTotals = [...totals].map(([word, { number, tone }]) => renderTotal(tone, number, word));
  return markup`<ul class="totals">\n${[...stackTotals, ...checkTotals]}</ul>\n`;
}

function renderTotal(tone: HtmlTone, number: number, words: string): Markup {
  return markup`<li class="${tone}"><b>${number}</b> ${words}</li>\n`;
}

function renderGraph(graph: Graph, { stacks }: CollectedRun, ids: ReadonlyMap<string, string>): Markup {
  const stackByAddress = new Map(stacks.map((stack) => [stack.address, stack]));
  const svg = renderHtmlGraph(graph, (node) => {
    const stack = stackByAddress.get(node);
    const word = stack ? outcomeWord(stack.outcome) : "not in this run";
    return { tone: stack ? toneOf(stack.outcome) : "calm", word, link: ids.get(node) };
  });
  return markup`<h2>Graph</h2>\n<div class="graph">${svg}</div>\n`;
}

function renderTable(stacks: readonly CollectedStack[], ids: ReadonlyMap<string, string>): Markup {
  const { shown, folded, word } = foldQuiet(stacks);
  const heads = ["+", "~", "-", "-/+", "seconds"].map((text) => markup`<th class="number">${text}</th>`);
  const rest = folded === 0 ? "" : markup`<p class="soft">and ${count(folded, "stack")} ${word}</p>\n`;
  return markup`<table>
<thead><tr><th>Stack</th><th>Outcome</th>${heads}<th></th></tr></thead>
<tbody>
${shown.map((stack) => renderRow(stack, ids.get(stack.address)))}</tbody>
</table>
${rest}`;
}

function renderRow(stack: CollectedStack, id: string | undefined): Markup {
  const { address, outcome, seconds, warnings } = stack;
  const counts = outcomeCounts(outcome);
  const numbers = [
    counts?.add,
    counts?.change,
    counts?.destroy,
    counts?.replace,
    seconds ? seconds.toFixed(1) : "",
  ];
  const code = markup`<code>${address}</code>`;
  const cells = [
    markup`<td>${id === undefined ? code : markup`<a href="#${id}">${code}</a>`}</td>`,
    markup`<td>${renderBadge(outcome)}</td>`,
    ...numbers.map((number) => markup`<td class="number">${number ?? ""}</td>`),
    markup`<td>${stackRemark(outcome, warnings)}</td>`,
  ];
  return markup`<tr data-words="${wordsOf(stack)}">${cells}</tr>\n`;
}
