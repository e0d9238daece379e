import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { planToJson } from "../../../src/plans/plan-to-json.ts";
import type { OutputChange, Plan, PlanAction, ResourceChange } from "../../../src/plans/plan.ts";
import { NULL_VALUE, type PartialValue } from "../../../src/plans/value.ts";
import { jsonLinesReport } from "../../../src/reports/json-lines-report.ts";
import { stackPlanned } from "../../../src/run/stack-planned.ts";
import { partialValues } from "../plans/arbitrary-values.ts";

const ACTIONS: readonly PlanAction[] = ["no-op", "read", "create", "update", "replace", "delete", "forget"];

function planOf(changes: readonly ResourceChange[], outputs: readonly OutputChange[] = []): Plan {
  return {
    ...{ terraformVersion: "1.11.4", errored: false, applyable: true, complete: true, changes, drift: [] },
    outputChanges: new Map(outputs.map((output, at) => [`o${at}`, output])),
    configuration: { resources: [], calls: new Map(), outputs: new Map() },
    checks: [],
  };
}

function changeOf(action: PlanAction, before: PartialValue, after: PartialValue): ResourceChange {
  return {
    ...{ address: "a_b.c", mode: "managed", type: "a_b", name: "c", provider: "p", action, before, after },
    ...(action === "replace" && { replacementOrder: "destroy-first" }),
    replacePaths: [],
  };
}

function lineOf(plan: Plan): string {
  let line = "";
  jsonLinesReport({ write: (text) => (line += text) }).tell(stackPlanned("dev/a", plan));
  return line;
}

const text = (value: string): PartialValue => ({ kind: "scalar", value });
const map = (entries: Readonly<Record<string, PartialValue>>): PartialValue => ({
  kind: "map",
  entries: new Map(Object.entries(entries)),
});
const marked = (value: PartialValue): PartialValue => ({ ...value, sensitive: true });

/** A secret that nothing else looks like: quotes, backslashes and lines are what hides one from a search. */
const secrets = fc
  .array(fc.constantFrom("x", '"', "\\", "\n", "/", "é", " ", "%"), { maxLength: 5 })
  .map((parts) => `s3cr3t-one${parts.join("")}-7f3a9\n\nsecond-l1ne${parts.join("")}-0c44`);

/** Where a provider may write a secret again without its mark. */
function copiesOf(secret: string): PartialValue {
  return map({
    again: text(secret),
    within: text(`postgres://user:${secret}@host`),
    json: text(JSON.stringify({ password: secret })),
    jsonInJson: text(JSON.stringify({ policy: JSON.stringify([secret]) })),
    [secret]: { kind: "list", items: [text(secret)] },
  });
}

/** Every text in a line: keys and values, and, where one is JSON, those in it. */
function textsIn(line: string): readonly string[] {
  const found: string[] = [];
  const look = (value: unknown): void => {
    if (typeof value === "string") {
      found.push(value);
      if (!/^\s*[[{"]/.test(value)) return;
      try {
        look(JSON.parse(value));
      } catch {
        // It only looks like JSON.
      }
    } else if (typeof value === "object" && value !== null)
      for (const [key, entry] of Object.entries(value)) [key, entry].forEach(look);
  };
  look(JSON.parse(line));
  return found;
}

const shapes = fc.constantFrom<(secret: PartialValue) => PartialValue>(
  (secret) => map({ secret: marked(secret) }),
  (secret) => map({ secret: marked({ kind: "list", items: [secret, { kind: "unknown" }] }) }),
  (secret) => map({ inner: map({ deep: marked(map({ "key-s3cr3t-key": secret })) }) }),
  (secret) =>
    map({ list: { kind: "list", items: [map({ value: marked(secret) }), map({ value: text("v") })] } }),
);

describe("nothing that is marked as sensitive comes into a line of JSON", () => {
  test("of a random plan with random values, wherever it stands again", () => {
    fc.assert(
      fc.property(
        secrets,
        shapes,
        fc.constantFrom(...ACTIONS),
        fc.constantFrom("before", "after", "output", "other resource"),
        fc.array(partialValues, { maxLength: 3 }),
        (secret, shape, action, where, others) => {
          const holder = shape(text(secret));
          const random: PartialValue = { kind: "list", items: others };
          const there = map({ copies: copiesOf(secret), random });
          const [before, after] = where === "before" ? [holder, there] : [there, holder];
          const plan =
            where === "output"
              ? planOf(
                  [changeOf(action, there, there)],
                  [{ action: "update", before: there, after: marked(holder) }],
                )
              : where === "other resource"
                ? planOf([changeOf("no-op", holder, holder), changeOf(action, there, there)])
                : planOf([changeOf(action, before, after)]);
          const lines = secret.split("\n").filter((one) => one.trim().length >= 8);
          const line = lineOf(plan);
          for (const said of textsIn(line)) for (const one of lines) expect(said).not.toContain(one.trim());
          expect(line).not.toContain("key-s3cr3t-key");
        },
      ),
      { numRuns: 60 },
    );
  });

  test("nor a short text, a number, a truth or a key below a mark", () => {
    const below = marked(
      map({ ab: text("cd"), no: { kind: "number", digits: "4242" }, is: { kind: "scalar", value: true } }),
    );
    const [change] = planToJson(
      planOf([changeOf("create", NULL_VALUE, map({ below }))]),
      (one) => one,
    ).resource_changes;
    expect(change?.change).toEqual({
      actions: ["create"],
      before: null,
      after: { below: "(sensitive value)" },
      after_unknown: {},
      before_sensitive: false,
      after_sensitive: { below: true },
    });
  });

  test("nor what is marked on one side alone, as in the printed lines", () => {
    const before = map({
      pin: text("1234"),
      rules: { kind: "list", items: [map({ key: text("k1") }), map({})] },
    });
    const rules: PartialValue = { kind: "list", items: [map({}), map({ key: marked(text("k2")) })] };
    const after = map({ pin: marked(text("5678")), rules });
    const plan = planOf([changeOf("update", before, after)]);
    expect(lineOf(plan)).not.toMatch(/1234|5678|k1|k2/);
    const { change } = planToJson(plan, (one) => one).resource_changes[0]!;
    expect(change.before).toEqual({ pin: "(sensitive value)", rules: [{ key: "(sensitive value)" }, {}] });
    expect(change.before_sensitive).toEqual({ pin: true, rules: [{ key: true }, {}] });
  });
});

test("what stays is left out; what is only moved or imported is not", () => {
  const stays = changeOf("no-op", map({ a: text("b") }), map({ a: text("b") }));
  const same = { action: "no-op", before: text("a"), after: text("a") } as const;
  const plan = planOf(
    [stays, { ...stays, previousAddress: "a_b.d" }, { ...stays, importing: { kind: "unknown" } }],
    [same, { action: "create", before: NULL_VALUE, after: { kind: "unknown" } }],
  );
  const { resource_changes, output_changes } = JSON.parse(lineOf(plan)) as Record<string, unknown>;
  expect(resource_changes).toMatchObject([
    { previous_address: "a_b.d", change: { actions: ["no-op"] } },
    { change: { actions: ["no-op"], importing: { unknown: true } } },
  ]);
  expect(output_changes).toEqual({
    o1: {
      actions: ["create"],
      before: null,
      after_unknown: true,
      before_sensitive: false,
      after_sensitive: false,
    },
  });
});
