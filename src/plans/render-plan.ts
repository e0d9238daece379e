import { describeAction } from "./describe-action.ts";
import { describeReason } from "./describe-reason.ts";
import type { OutputChange, Plan, PlanAction, ResourceChange } from "./plan.ts";
import { objectName } from "./object-name.ts";
import type { PlanLine, PlanTone } from "./plan-line.ts";
import { asLater, isWhollyUnknown, renderEntries, renderValue } from "./render-value.ts";
import { shareMarks } from "./share-marks.ts";
import { withoutKeys } from "./without-keys.ts";
import { writtenArguments } from "./written-arguments.ts";
import { type MapValue, NULL_VALUE, type PartialValue, isNull } from "./value.ts";

/** The changes of a plan for people, in the manner of Terraform: one paragraph per object, then the outputs. */
export function renderPlan(plan: Plan): readonly PlanLine[] {
  const written = writtenArguments(plan.configuration);
  const resources = plan.changes.filter(isShown).map((change) => {
    const own = written.get(withoutKeys(change.address));
    return renderResource(change, (name) => own !== undefined && !own.has(name));
  });
  const outputs = renderOutputs(plan.outputChanges);
  const paragraphs = outputs.length === 0 ? resources : [...resources, outputs];
  return paragraphs.flatMap((lines, at) =>
    at === 0 ? lines : [{ text: "", tone: "plain" as const }, ...lines],
  );
}

function isShown(change: ResourceChange): boolean {
  return change.action !== "no-op" || change.previousAddress !== undefined || change.importing !== undefined;
}

interface Mark {
  readonly sign: string;
  readonly tone: PlanTone;
}

const MARKS: Readonly<Record<PlanAction, Mark>> = {
  create: { sign: "  +", tone: "add" },
  update: { sign: "  ~", tone: "change" },
  replace: { sign: "-/+", tone: "replace" },
  delete: { sign: "  -", tone: "destroy" },
  forget: { sign: "  .", tone: "forget" },
  read: { sign: " <=", tone: "read" },
  "no-op": { sign: "   ", tone: "move" },
};

function markOf(change: ResourceChange): Mark {
  const mark = MARKS[change.action];
  if (
    change.replacementOrder === "create-before-destroy" ||
    change.replacementOrder === "create-then-forget"
  ) {
    return { ...mark, sign: "+/-" };
  }
  return change.action === "no-op" && change.importing ? { ...mark, tone: "import" } : mark;
}

function renderResource(change: ResourceChange, isComputed: (name: string) => boolean): readonly PlanLine[] {
  const { sign, tone } = markOf(change);
  const header: PlanLine = { text: `${sign} ${objectName(change)} ${describeAction(change)}`, tone };
  return [header, ...remarksOf(change), ...bodyOf(change, isComputed)];
}

function remarksOf(change: ResourceChange): readonly PlanLine[] {
  const remarks: string[] = [];
  if (change.action !== "no-op" && change.previousAddress !== undefined) {
    remarks.push(`moved from ${change.previousAddress}`);
  }
  if (change.importing) remarks.push(`imported from ${importedId(change.importing)}`);
  const reason = change.actionReason === undefined ? undefined : describeReason(change.actionReason);
  if (reason !== undefined) remarks.push(reason);
  return remarks.map((text) => ({ text: `      # (${text})`, tone: "muted" }));
}

function importedId(importing: PartialValue): string {
  const id = importing.kind === "map" ? importing.entries.get("id") : undefined;
  return id?.kind === "scalar" && typeof id.value === "string"
    ? JSON.stringify(id.value)
    : "an id known later";
}

function bodyOf(change: ResourceChange, isComputed: (name: string) => boolean): readonly PlanLine[] {
  if (change.action === "forget" || change.action === "no-op") return [];
  const forced = new Set(change.replacePaths.map((path) => JSON.stringify(path)));
  const forcesReplacement = (path: readonly (string | number)[]): boolean => forced.has(JSON.stringify(path));
  const before = attributesOf(shareMarks(change.before, change.after));
  const after = attributesOf(shareMarks(change.after, change.before));
  return renderEntries(
    { before, after },
    { path: [], indent: 6, forcesReplacement, hidesEmpty: change.action !== "update", isComputed },
  );
}

function attributesOf(value: PartialValue): MapValue {
  return value.kind === "map" ? value : { kind: "map", entries: new Map() };
}

function renderOutputs(changes: ReadonlyMap<string, OutputChange>): readonly PlanLine[] {
  const changed = [...changes].filter(([, change]) => change.action !== "no-op");
  if (changed.length === 0) return [];
  const width = Math.max(...changed.map(([name]) => name.length));
  const lines = changed.flatMap(([name, change]) => {
    const before = change.action === "create" ? NULL_VALUE : shareMarks(change.before, change.after);
    const after = change.action === "delete" ? NULL_VALUE : shareMarks(change.after, change.before);
    if (isNull(before) && isNull(after)) return [];
    const label = `${name.padEnd(width)} = `;
    const lines = renderValue({
      before,
      after,
      path: [],
      label,
      indent: 2,
      end: "",
      forcesReplacement: () => false,
      hidesEmpty: false,
    });
    return isNull(before) && isWhollyUnknown(after) ? asLater(lines) : lines;
  });
  return [{ text: "Changes to outputs:", tone: "plain" }, ...lines];
}
