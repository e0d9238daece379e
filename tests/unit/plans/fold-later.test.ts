import { expect, test } from "vitest";
import { foldLater } from "../../../src/plans/fold-later.ts";
import type { ResourceChange } from "../../../src/plans/plan.ts";
import { mergeValue } from "../../../src/plans/merge-value.ts";
import { renderPlan } from "../../../src/plans/render-plan.ts";
import { type PartialValue, UNKNOWN_VALUE } from "../../../src/plans/value.ts";
import { recordedPlan } from "./recordings.ts";

const LATER = "LATER";

function valueOf(json: unknown): PartialValue {
  if (json === LATER) return UNKNOWN_VALUE;
  if (Array.isArray(json)) return { kind: "list", items: json.map(valueOf) };
  if (json === null || typeof json !== "object") return mergeValue({ value: json as string | null });
  return { kind: "map", entries: new Map(Object.entries(json).map(([key, entry]) => [key, valueOf(entry)])) };
}

function change(address: string, before: unknown, after: unknown): ResourceChange {
  return {
    address,
    mode: "managed",
    type: "a_b",
    name: "c",
    provider: "p",
    action: before === null ? "create" : "update",
    before: valueOf(before),
    after: valueOf(after),
    replacePaths: [],
  };
}

const CONFIGURED = {
  address: "a_b.c",
  forEach: [],
  count: [],
  references: [],
  arguments: new Set(["name", "topic", "block", "key"]),
};

function textOf(
  changes: readonly ResourceChange[],
  outputs: Readonly<Record<string, unknown>>,
  fold: typeof foldLater = foldLater,
): string {
  const plan = {
    ...recordedPlan("recorded/deposed"),
    changes,
    outputChanges: new Map(
      Object.entries(outputs).map(([name, after]) => [
        name,
        { action: "create", before: valueOf(null), after: valueOf(after) } as const,
      ]),
    ),
    configuration: {
      resources: [],
      outputs: new Map(),
      calls: new Map([
        [
          "m",
          {
            forEach: [],
            count: [],
            inputs: new Map(),
            module: { resources: [CONFIGURED], calls: new Map(), outputs: new Map() },
          },
        ],
      ]),
    },
  };
  return fold(renderPlan(plan))
    .map(({ text }) => text)
    .join("\n");
}

const MADE = change('module.m["x"].a_b.c[0]', null, {
  arn: LATER,
  id: LATER,
  name: "n",
  topic: LATER,
  block: [{ key: LATER, computed: LATER, other: LATER, inner: [{ deep: LATER }] }],
  nested: [{ one: LATER, two: [LATER, LATER] }],
});

test("what nobody wrote and only an apply makes known is counted; what is written stays", () => {
  expect(textOf([MADE], { a: LATER, b: [LATER, LATER], c: "c" })).toMatchInlineSnapshot(`
    "  + module.m["x"].a_b.c[0] will be created
          + block  = [
              + {
                  + key      = (known after apply)
                    # (3 attributes known after apply)
                },
            ]
          + name   = "n"
          + topic  = (known after apply)
            # (3 attributes known after apply)

    Changes to outputs:
      + c = "c"
        # (2 outputs known after apply)"
  `);
});

test("one line stays as it is, and so does all that was something before", () => {
  const made = change("module.m.a_b.c", null, { id: LATER, name: "n" });
  const changed = change(
    "module.m.a_b.c",
    { arn: "x", id: "y", etag: null },
    { arn: LATER, id: LATER, etag: "z" },
  );
  expect(textOf([made, changed], { a: LATER })).toMatchInlineSnapshot(`
    "  + module.m.a_b.c will be created
          + name = "n"
          + id   = (known after apply)

      ~ module.m.a_b.c will be updated in-place
          ~ arn  = "x" -> (known after apply)
          + etag = "z"
          ~ id   = "y" -> (known after apply)

    Changes to outputs:
      + a = (known after apply)"
  `);
});

test("of a resource whose configuration is not known, nothing is folded", () => {
  const unknown = change("a_b.elsewhere", null, { arn: LATER, id: LATER });
  expect(textOf([unknown], {})).toBe(textOf([unknown], {}, (lines) => lines));
});
