import type { Approval, ApprovedChange, ApprovedValue } from "./approval.ts";
import { compareValues } from "./compare-values.ts";
import { describeAction } from "./describe-action.ts";
import { describeDifference } from "./describe-difference.ts";
import { formatPath } from "./format-path.ts";

/** One way in which a plan goes beyond what was approved; `message` is a sentence without secrets. */
export interface PlanDifference {
  readonly address: string;
  readonly deposed?: string;
  /** The attribute, "" where the change as a whole is meant. */
  readonly path: string;
  readonly message: string;
}

/**
 * Where the actual plan is not covered by what was approved; empty where it may be applied. What was approved and
 * is not needed any more is covered: nothing is done that was not shown.
 */
export function comparePlans(approved: Approval, actual: Approval): readonly PlanDifference[] {
  const approvedByKey = new Map(approved.changes.map((change) => [keyOf(change), change]));
  return actual.changes.flatMap((change) => compareChange(approvedByKey.get(keyOf(change)), change));
}

function keyOf(change: ApprovedChange): string {
  return JSON.stringify([change.kind, change.address, change.deposed ?? null]);
}

function compareChange(
  approved: ApprovedChange | undefined,
  actual: ApprovedChange,
): readonly PlanDifference[] {
  const found = (path: string, message: string): PlanDifference => ({
    address: actual.address,
    ...(actual.deposed === undefined ? {} : { deposed: actual.deposed }),
    path,
    message,
  });
  if (!approved)
    return [found("", `'${actual.address}' ${describeAction(actual)}, and no change of it was shown.`)];
  if (!isActionCovered(approved, actual)) {
    const message = `'${actual.address}' ${describeAction(actual)}; what was shown is that it ${describeAction(approved)}.`;
    return [found("", message)];
  }
  return [
    ...compareCircumstances(approved, actual).map((message) => found("", message)),
    ...comparedValues(approved, actual).flatMap(({ side, left, right }) =>
      compareValues(left, right).map((difference) =>
        found(formatPath(difference.path), describeDifference({ address: actual.address, side, difference })),
      ),
    ),
  ];
}

/** none < update < replace, and create < replace: what was gone when its turn came is only created. */
function isActionCovered(approved: ApprovedChange, actual: ApprovedChange): boolean {
  if (approved.action === actual.action) return approved.replacementOrder === actual.replacementOrder;
  if (approved.action === "replace") return ["create", "update", "no-op"].includes(actual.action);
  return approved.action === "update" && actual.action === "no-op";
}

function compareCircumstances(approved: ApprovedChange, actual: ApprovedChange): readonly string[] {
  const messages: string[] = [];
  const { address } = actual;
  if (approved.provider !== actual.provider) {
    messages.push(
      `'${address}' was shown with the provider '${approved.provider}', now it is '${actual.provider}'.`,
    );
  }
  if (approved.previousAddress !== actual.previousAddress) {
    const [then, now] = [approved.previousAddress, actual.previousAddress].map((from) => from ?? "nowhere");
    messages.push(`'${address}' was shown as moved from ${then}, now it is moved from ${now}.`);
  }
  if (!isSameImport(approved.importing, actual.importing)) {
    messages.push(
      actual.importing === undefined
        ? `'${address}' was shown as imported, now it is not.`
        : `'${address}' imports an object that was not shown.`,
    );
  }
  return messages;
}

function isSameImport(approved: ApprovedValue | undefined, actual: ApprovedValue | undefined): boolean {
  if (approved === undefined || actual === undefined) return approved === actual;
  return compareValues(approved, actual).length === 0;
}

interface ComparedValue {
  readonly side: "before" | "after";
  readonly left: ApprovedValue;
  readonly right: ApprovedValue;
}

function comparedValues(approved: ApprovedChange, actual: ApprovedChange): readonly ComparedValue[] {
  const after: ComparedValue = { side: "after", left: approved.after, right: actual.after };
  // A replacement that became a creation has no object before it any more.
  if (approved.action === "replace" && actual.action === "create") return [after];
  return [{ side: "before", left: approved.before, right: actual.before }, after];
}
