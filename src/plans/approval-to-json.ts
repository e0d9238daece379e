import type { Approval, ApprovedChange, ApprovedValue } from "./approval.ts";
import { byCodePoint } from "../text/compare.ts";

/** What JSON.stringify writes and JSON.parse reads without loss; numbers of plans are text in it. */
export type PlainJson =
  null | boolean | string | readonly PlainJson[] | { readonly [key: string]: PlainJson };

/**
 * The approval as plain JSON: null, booleans, strings and arrays stand for themselves; every other value is an
 * object with one key that says what it is: number, map, hashedMap, hash or unknown.
 */
export function approvalToJson(approval: Approval): PlainJson {
  return { version: "1", changes: approval.changes.map(changeToJson) };
}

function changeToJson(change: ApprovedChange): PlainJson {
  const { before, after, importing, ...rest } = change;
  return {
    ...rest,
    ...(importing === undefined ? {} : { importing: valueToJson(importing) }),
    before: valueToJson(before),
    after: valueToJson(after),
  };
}

function valueToJson(value: ApprovedValue): PlainJson {
  switch (value.kind) {
    case "scalar":
      return value.value;
    case "number":
      return { number: value.digits };
    case "hash":
      return { hash: value.hash };
    case "unknown":
      return { unknown: true };
    case "list":
      return value.items.map(valueToJson);
    case "map": {
      const pairs = [...value.entries]
        .sort(([left], [right]) => byCodePoint(left, right))
        .map(([key, entry]) => [key, valueToJson(entry)] as const);
      // Object.fromEntries defines its keys, so that `__proto__` is a key like any other.
      return { [value.hashedKeys ? "hashedMap" : "map"]: Object.fromEntries(pairs) };
    }
  }
}
