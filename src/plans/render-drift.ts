import type { DriftedObject } from "./drift-of.ts";
import { objectName } from "./object-name.ts";
import type { PlanLine } from "./plan-line.ts";
import { renderEntries } from "./render-value.ts";
import { shareMarks } from "./share-marks.ts";
import type { MapValue, PartialValue } from "./value.ts";

/** What of a drifted object is shown: what an apply brings back, or what it leaves as it is. */
export type DriftPart = "attributes" | "apart";

/** Drifted objects for people, in the manner of a plan: one paragraph per object, from what it was to what it is. */
export function renderDrift(objects: readonly DriftedObject[], part: DriftPart): readonly PlanLine[] {
  const shown = objects.filter((object) => isIn(object, part));
  return shown.flatMap((object, at) => [
    ...(at === 0 ? [] : [{ text: "", tone: "plain" as const }]),
    ...(object.status === "gone" ? renderGone(object) : renderChanged(object, part)),
  ]);
}

function isIn(object: DriftedObject, part: DriftPart): boolean {
  return object.status === "gone" ? part === "attributes" : object[part].length > 0;
}

function renderGone(object: DriftedObject): readonly PlanLine[] {
  const header: PlanLine = { text: `  - ${objectName(object)} is gone`, tone: "destroy" };
  return [header, ...entriesOf(object, ["id"])];
}

function renderChanged(object: DriftedObject, part: DriftPart): readonly PlanLine[] {
  const header: PlanLine = { text: `  ~ ${objectName(object)} has changed`, tone: "change" };
  const isReplaced = object.isReplaced && part === "attributes";
  return [
    header,
    ...(isReplaced ? [muted("an apply has to replace it")] : []),
    ...entriesOf(object, object[part]),
    ...(part === "attributes" && object.apart.length > 0
      ? [muted(`also changed, and left as it is by an apply: ${object.apart.join(", ")}`)]
      : []),
  ];
}

function muted(text: string): PlanLine {
  return { text: `      # (${text})`, tone: "muted" };
}

function entriesOf({ before, after }: DriftedObject, names: readonly string[]): readonly PlanLine[] {
  return renderEntries(
    { before: only(shareMarks(before, after), names), after: only(shareMarks(after, before), names) },
    { path: [], indent: 6, forcesReplacement: () => false, hidesEmpty: false },
  );
}

function only(value: PartialValue, names: readonly string[]): MapValue {
  if (value.kind !== "map") return { kind: "map", entries: new Map() };
  return { ...value, entries: new Map([...value.entries].filter(([name]) => names.includes(name))) };
}
