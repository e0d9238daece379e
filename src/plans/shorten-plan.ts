import { byCodePoint } from "../text/compare.ts";
import type { PlanLine, PlanTone } from "./plan-line.ts";
import type { Plan, PlanAction, ResourceChange } from "./plan.ts";

const MOST_SHOWN = 40;

interface Kind {
  readonly sign: string;
  readonly tone: PlanTone;
  readonly words: string;
}

const KINDS: ReadonlyMap<PlanAction, Kind> = new Map([
  ["create", { sign: "  +", tone: "add", words: "to add" }],
  ["update", { sign: "  ~", tone: "change", words: "to change" }],
  ["replace", { sign: "-/+", tone: "replace", words: "to replace" }],
  ["delete", { sign: "  -", tone: "destroy", words: "to destroy" }],
  ["forget", { sign: "  .", tone: "forget", words: "to forget" }],
  ["no-op", { sign: "   ", tone: "move", words: "to move or import" }],
]);

/** A plan that changes more than 40 objects as a count for each type and action; undefined for a shorter one. */
export function shortenPlan({ changes, outputChanges }: Plan): readonly PlanLine[] | undefined {
  const changing = changes.filter(isChanging);
  if (changing.length <= MOST_SHOWN) return undefined;
  const outputs = [...outputChanges.values()].filter(({ action }) => action !== "no-op").length;
  return [
    ...[...KINDS].flatMap(([action, kind]) => countTypes(changing, action, kind)),
    ...(outputs === 0 ? [] : [{ text: `Changes to outputs: ${outputs}`, tone: "plain" as const }]),
  ];
}

function isChanging(change: ResourceChange): boolean {
  if (change.action === "read") return false;
  return change.action !== "no-op" || change.previousAddress !== undefined || change.importing !== undefined;
}

function countTypes(
  changing: readonly ResourceChange[],
  action: PlanAction,
  { sign, tone, words }: Kind,
): readonly PlanLine[] {
  const countByType = new Map<string, number>();
  for (const change of changing)
    if (change.action === action) countByType.set(change.type, (countByType.get(change.type) ?? 0) + 1);
  return [...countByType]
    .sort(([left], [right]) => byCodePoint(left, right))
    .map(([type, count]) => ({ text: `${sign} ${type}: ${count} ${words}`, tone }));
}
