import type { LostObject } from "../plans/lost-objects.ts";
import type { Finding } from "../run/run-event.ts";
import type { CollectedRun, CollectedStack } from "./collect-run.ts";
import { linesWithin, sizeOf } from "./fit-blocks.ts";
import { fitText } from "./fit-text.ts";
import { markdownCode, markdownText } from "./markdown-text.ts";
import { uncheckedSentences } from "./rehearsal-sentences.ts";
import { outcomeTally, resourceTotals } from "./render-summary.ts";
import {
  blockedPhrase,
  count,
  failedMessage,
  NO_COUNTS,
  outcomeWord,
  placeLines,
  warningLines,
} from "./words.ts";

/** Further ones are in the details of their stacks. */
const MOST_LINES = 20;
const LONGEST_TEXT = 400;
const MOST_OF_ONE_STACK = 3;

/**
 * What a reviewer has to know of a rehearsed change, in Markdown, before all that can be folded: how much changes, what
 * failed and where, what is replaced and destroyed, what is to be noted, and what nobody checked.
 */
export function rehearsalHead(
  run: CollectedRun,
  { notes, limit }: { readonly notes: readonly string[]; readonly limit: number },
): readonly string[] {
  const { stacks, finished } = run;
  const share = limit / 12;
  const unchecked = finished ? uncheckedSentences(finished) : [];
  return [
    headline(run),
    "",
    ...section("Failed", stacks.flatMap(failures), share * 2),
    ...section("Not tried", stacks.flatMap(untried), share / 2),
    ...section("Assertions failed", stacks.flatMap(assertions), share),
    ...section("Replaced", stacks.flatMap(lostBy("replace")), share),
    ...section("Destroyed", stacks.flatMap(lostBy("delete")), share),
    ...section("Notes", notes.map(asIs), share),
    ...section("Not checked", unchecked.map(uncheckedLine), share / 2),
  ];
}

function headline({ stacks, finished }: CollectedRun): string {
  if (!finished) return "**The rehearsal ended before it was finished.**";
  const [totals = "no resource changes"] = resourceTotals(stacks);
  const failed = stacks.filter(({ outcome }) => outcome?.status === "failed").length;
  const bad = failed === 0 ? "" : `**${count(failed, "stack")} failed.** `;
  return `${bad}**Resources: ${totals}**, in ${count(stacks.length, "stack")}: ${outcomeTally(stacks)}.`;
}

/** Lines are made when it is known that there is room for them: a change may have thousands. */
type Line = () => string;

function section(title: string, lines: readonly Line[], bytes: number): readonly string[] {
  if (lines.length === 0) return [];
  const open = [`**${title}**`, ""];
  const most = lines.slice(0, MOST_LINES).map((line) => line());
  const shown = linesWithin(most, bytes - sizeOf(open));
  const more = lines.length - shown.length;
  return [...open, ...shown, ...(more === 0 ? [] : [`- _and ${more} more, in the details_`]), ""];
}

function asIs(line: string): Line {
  return () => line;
}

function uncheckedLine(sentence: string): Line {
  return () => `- ${text(sentence)}`;
}

function failures({ address, outcome }: CollectedStack): readonly Line[] {
  if (outcome?.status !== "failed") return [];
  const findings = [outcome, ...outcome.details];
  const more = findings.length - MOST_OF_ONE_STACK;
  const remark = `- ${markdownCode(address)} _and ${more} more, in its details_`;
  return [
    ...findings.slice(0, MOST_OF_ONE_STACK).map((one) => () => failureLine(address, one)),
    ...(more > 0 ? [asIs(remark)] : []),
  ];
}

function failureLine(address: string, one: Partial<Finding> & Pick<Finding, "message">): string {
  const places = placeLines(one).map((place) => `, ${text(place)}`);
  const hint = one.hint ? ` (${text(one.hint)})` : "";
  return `- ${markdownCode(address)} ${text(failedMessage(one))}${places.join("")}${hint}`;
}

function untried({ address, outcome }: CollectedStack): readonly Line[] {
  if (outcome?.status === "blocked")
    return [() => `- ${markdownCode(address)} ${text(blockedPhrase(outcome))}`];
  const isOpen = outcome === undefined || outcome.status === "interrupted" || outcome.status === "deferred";
  return isOpen ? [() => `- ${markdownCode(address)} ${outcomeWord(outcome)}`] : [];
}

function assertions({ address, warnings }: CollectedStack): readonly Line[] {
  return warnings
    .filter(({ isAssertion }) => isAssertion)
    .map((warning) => () => `- ${markdownCode(address)} ${text(warningLines(warning).join(", "))}`);
}

/** Of a stack that was applied, as much as was really done: at its turn a plan may have come out smaller. */
function lostBy(action: LostObject["action"]): (stack: CollectedStack) => readonly Line[] {
  return ({ address, plan, outcome }) => {
    const done = outcome?.status === "applied" ? outcome.summary : undefined;
    const { replace, destroy } = done ?? plan?.summary ?? NO_COUNTS;
    if ((action === "replace" ? replace : destroy) === 0) return [];
    return (plan?.lost ?? [])
      .filter((one) => one.action === action)
      .map((one) => () => lostLine(address, one));
  };
}

function lostLine(address: string, lost: LostObject): string {
  const reason = lost.reason === undefined ? "" : `, ${text(lost.reason)}`;
  return `- ${markdownCode(address)} ${markdownCode(lost.address)}${reason}`;
}

function text(words: string): string {
  return markdownText(fitText(words.replace(/\s+/g, " "), LONGEST_TEXT));
}
