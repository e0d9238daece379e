import type { Plan, ResourceChange } from "./plan.ts";
import { sameValue } from "./same-value.ts";
import { isNull, type MapValue, NULL_VALUE, type PartialValue } from "./value.ts";
import { withoutKeys } from "./without-keys.ts";
import { writtenArguments } from "./written-arguments.ts";

/** An object that is not as Terraform left it. */
export interface DriftedObject {
  readonly address: string;
  /** The key of an object that a failed replacement left behind. */
  readonly deposed?: string;
  readonly status: "changed" | "gone";
  readonly before: PartialValue;
  readonly after: PartialValue;
  /** Names of changed attributes that an apply would bring back, sorted. */
  readonly attributes: readonly string[];
  /** Names of changed attributes that an apply leaves as they are now, sorted. */
  readonly apart: readonly string[];
  /** Whether an apply has to replace it. */
  readonly isReplaced: boolean;
}

export interface DriftOptions {
  /** Takes everything that changed for what an apply would bring back: where that is asked for, or not known. */
  readonly countsAll: boolean;
}

/**
 * What a plan found changed outside Terraform. What an apply of the same configuration would do about it tells apart
 * what matters: what nobody set, what `ignore_changes` names and what a provider spells otherwise is left as it is.
 */
export function driftOf(plan: Plan, { countsAll }: DriftOptions): readonly DriftedObject[] {
  const written = writtenArguments(plan.configuration);
  const plannedByName = new Map(plan.changes.map((change) => [nameOf(change), change] as const));
  return plan.drift.flatMap((drift): readonly DriftedObject[] => {
    const planned = plannedByName.get(nameOf(drift));
    const head = {
      address: drift.address,
      ...(drift.deposed !== undefined && { deposed: drift.deposed }),
      before: drift.before,
      after: drift.after,
      isReplaced: planned?.action === "replace",
    };
    if (drift.action === "delete") return [{ ...head, status: "gone", attributes: [], apart: [] }];
    const changed = changedAttributes(drift);
    if (changed.length === 0) return [];
    const isWritten = (name: string): boolean => written.get(withoutKeys(drift.address))?.has(name) ?? false;
    const attributes = countsAll ? changed : broughtBack(changed, planned, isWritten);
    const apart = changed.filter((name) => !attributes.includes(name));
    return [{ ...head, status: "changed", attributes, apart }];
  });
}

function nameOf({ address, deposed = "" }: ResourceChange): string {
  return JSON.stringify([address, deposed]);
}

function changedAttributes({ before, after }: ResourceChange): readonly string[] {
  const names = new Set([...entriesOf(before).keys(), ...entriesOf(after).keys()]);
  return [...names].sort().filter((name) => {
    const [old, now] = [attributeOf(before, name), attributeOf(after, name)];
    return !sameValue(old, now) && !(isEmpty(old) && isEmpty(now));
  });
}

/** Of what changed, what a plan changes again. One that Terraform could not plan for is brought back whole. */
function broughtBack(
  changed: readonly string[],
  planned: ResourceChange | undefined,
  isWritten: (name: string) => boolean,
): readonly string[] {
  if (!planned || planned.action === "delete") return changed;
  if (planned.action !== "update" && planned.action !== "replace") return [];
  return changed.filter((name) => {
    const [now, next] = [attributeOf(planned.before, name), attributeOf(planned.after, name)];
    // What nobody wrote and the provider computes anew is no reason for a change, but follows from another one.
    return next.kind === "unknown" ? isWritten(name) : !sameValue(now, next);
  });
}

const NO_ENTRIES: MapValue["entries"] = new Map();

function entriesOf(value: PartialValue): MapValue["entries"] {
  return value.kind === "map" ? value.entries : NO_ENTRIES;
}

function attributeOf(value: PartialValue, name: string): PartialValue {
  return entriesOf(value).get(name) ?? NULL_VALUE;
}

/** Providers read nothing back in several ways, and in another one than they wrote it. */
function isEmpty(value: PartialValue): boolean {
  if (value.kind === "list") return value.items.length === 0;
  if (value.kind === "map") return value.entries.size === 0;
  return isNull(value) || (value.kind === "scalar" && value.value === "");
}
