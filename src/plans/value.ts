/** `sensitive` covers the value with all that is in it: map keys and lengths too. */
interface Markable {
  readonly sensitive?: true;
}

export interface ScalarValue extends Markable {
  readonly kind: "scalar";
  readonly value: null | boolean | string;
}

/** A number as the digits that Terraform printed. */
export interface NumberValue extends Markable {
  readonly kind: "number";
  readonly digits: string;
}

/**
 * Lists, sets and tuples look alike in a plan. `collection` is there only where Terraform said more (outputs);
 * without it this is a tuple or not known to be anything else.
 */
export interface ListValue extends Markable {
  readonly kind: "list";
  readonly items: readonly PartialValue[];
  readonly collection?: "list" | "set";
}

/** Maps and objects look alike in a plan. `collection` is there only where Terraform said more (outputs). */
export interface MapValue extends Markable {
  readonly kind: "map";
  readonly entries: ReadonlyMap<string, PartialValue>;
  readonly collection?: "map";
}

/** Known after apply. */
export interface UnknownValue extends Markable {
  readonly kind: "unknown";
}

/** A value of a plan, of which parts are known only after apply. */
export type PartialValue = ScalarValue | NumberValue | ListValue | MapValue | UnknownValue;

export const NULL_VALUE: ScalarValue = { kind: "scalar", value: null };
export const UNKNOWN_VALUE: UnknownValue = { kind: "unknown" };

export function isNull(value: PartialValue): boolean {
  return value.kind === "scalar" && value.value === null;
}

/** True where nothing of the value waits for apply. */
export function isWhollyKnown(value: PartialValue): boolean {
  switch (value.kind) {
    case "scalar":
    case "number":
      return true;
    case "unknown":
      return false;
    case "list":
      return value.items.every(isWhollyKnown);
    case "map":
      return [...value.entries.values()].every(isWhollyKnown);
  }
}
