import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Approval, ApprovedValue } from "../../../src/plans/approval.ts";
import { approvalFromJson } from "../../../src/plans/approval-from-json.ts";
import { approvalToJson } from "../../../src/plans/approval-to-json.ts";
import { comparePlans } from "../../../src/plans/compare-plans.ts";
import { compareValues } from "../../../src/plans/compare-values.ts";
import { normaliseValue } from "../../../src/plans/normalise-value.ts";
import type { PartialValue } from "../../../src/plans/value.ts";
import { partialValues } from "./arbitrary-values.ts";
import { recordedApproval, testHash } from "./recordings.ts";

const approvedValues = partialValues.map((value) => normaliseValue(value, testHash));

const RECORDED = [
  "pairs/ovl1",
  "pairs/ovl2",
  "pairs/down2",
  "recorded/varied",
  "recorded/values",
  "recorded/deposed",
];

/** The value with its nth leaf (or, where all, its nth node) replaced. */
function replaceNode(
  value: ApprovedValue,
  nth: { left: number; readonly onlyLeaves: boolean },
  replace: (node: ApprovedValue) => ApprovedValue,
): ApprovedValue {
  const isLeaf = value.kind !== "list" && value.kind !== "map";
  if ((isLeaf || !nth.onlyLeaves) && nth.left-- === 0) return replace(value);
  if (value.kind === "list")
    return { ...value, items: value.items.map((item) => replaceNode(item, nth, replace)) };
  if (value.kind !== "map") return value;
  const entries = [...value.entries].map(([key, entry]) => [key, replaceNode(entry, nth, replace)] as const);
  return { ...value, entries: new Map(entries) };
}

function approvalOf(value: ApprovedValue): Approval {
  const change = { kind: "resource", address: "a.b", provider: "p", action: "create" } as const;
  return { changes: [{ ...change, before: { kind: "scalar", value: null }, after: value }] };
}

const unknown: ApprovedValue = { kind: "unknown" };

function otherLeaf(leaf: ApprovedValue): ApprovedValue {
  if (leaf.kind === "number") return { kind: "number", digits: leaf.digits.startsWith("7") ? "8" : "7" };
  if (leaf.kind === "hash") return { kind: "hash", hash: `${leaf.hash}0` };
  return { kind: "scalar", value: `other than ${String(leaf.kind === "scalar" ? leaf.value : "")}` };
}

describe("comparison", () => {
  test("everything covers itself", () => {
    fc.assert(
      fc.property(approvedValues, (value) => {
        expect(comparePlans(approvalOf(value), approvalOf(value))).toEqual([]);
      }),
    );
  });

  test("what was unknown then covers whatever it is now", () => {
    fc.assert(
      fc.property(approvedValues, fc.nat(20), (value, left) => {
        const shown = replaceNode(value, { left, onlyLeaves: false }, () => unknown);
        expect(comparePlans(approvalOf(shown), approvalOf(value))).toEqual([]);
      }),
    );
  });

  test("changing any known leaf breaks it, and so does not knowing it any more", () => {
    fc.assert(
      fc.property(approvedValues, fc.nat(20), (value, left) => {
        let wasKnown = false;
        const change = (to: (leaf: ApprovedValue) => ApprovedValue): ApprovedValue =>
          replaceNode(value, { left, onlyLeaves: true }, (leaf) => {
            if (leaf.kind === "unknown" || leaf.kind === "list" || leaf.kind === "map") return leaf;
            wasKnown = true;
            return to(leaf);
          });
        // A wildcard elsewhere in the same list may take what changed, but never the place of what was known.
        const changed = change(otherLeaf);
        const forgotten = change(() => unknown);
        fc.pre(wasKnown);
        expect(compareValues(value, changed)).not.toEqual([]);
        expect(compareValues(value, forgotten)).not.toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test("where something was unknown, the order of a set may have changed", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(approvedValues, fc.nat()), { maxLength: 6 }), (pairs) => {
        const items = pairs.map(([value]) => value);
        const shuffled = [...pairs].sort(([, left], [, right]) => left - right).map(([value]) => value);
        const shown: ApprovedValue = { kind: "list", items: [unknown, ...items] };
        const came: ApprovedValue = {
          kind: "list",
          items: [...shuffled, { kind: "scalar", value: "known now" }],
        };
        expect(compareValues(shown, came)).toEqual([]);
      }),
    );
  });
});

describe("approvals as JSON", () => {
  test("any value comes back as it was", () => {
    fc.assert(
      fc.property(approvedValues, (value) => {
        const written = JSON.stringify(approvalToJson(approvalOf(value)));
        expect(approvalFromJson(JSON.parse(written))).toEqual(approvalOf(value));
      }),
    );
  });

  test.each(RECORDED)("%s comes back as it was", (name) => {
    const approval = recordedApproval(name);
    const written = JSON.stringify(approvalToJson(approval));
    const read = approvalFromJson(JSON.parse(written));
    expect(read).toEqual(approval);
    expect(JSON.stringify(approvalToJson(read))).toBe(written);
  });

  test("what is no approval is refused", () => {
    expect(() => approvalFromJson(null)).toThrow("no approval");
    expect(() => approvalFromJson({ version: "2", changes: [] })).toThrow("no approval");
    const change = { kind: "resource", address: "a.b", provider: "p", action: "create", before: null };
    const strange = { version: "1", changes: [{ ...change, after: { wildcard: true } }] };
    expect(() => approvalFromJson(strange)).toThrow("'wildcard'");
  });
});

test("normalising leaves no sensitive text behind", () => {
  const secret = (value: PartialValue): PartialValue => ({
    kind: "map",
    sensitive: true,
    entries: new Map([["SECRET-KEY", value]]),
  });
  const nested: PartialValue = {
    kind: "list",
    items: [
      secret({ kind: "scalar", value: "SECRET" }),
      { kind: "unknown" },
      { kind: "number", digits: "42424242" },
    ],
    sensitive: true,
  };
  const normalised = normaliseValue(secret(nested), testHash);
  const written = JSON.stringify(approvalToJson(approvalOf(normalised)));
  expect(written).not.toMatch(/SECRET|42424242/);
  expect(written).toContain('{"unknown":true}');
});
