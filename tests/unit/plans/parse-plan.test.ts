import { describe, expect, test } from "vitest";
import { parsePlan } from "../../../src/plans/parse-plan.ts";
import { plannedOutputs } from "../../../src/plans/planned-outputs.ts";
import type { PartialValue } from "../../../src/plans/value.ts";
import { recordedPlan } from "./recordings.ts";

const text = (value: null | boolean | string): PartialValue => ({ kind: "scalar", value });
const number = (digits: string): PartialValue => ({ kind: "number", digits });
const unknown: PartialValue = { kind: "unknown" };

describe("planned outputs of a first plan", () => {
  const outputs = plannedOutputs(recordedPlan("recorded/values"));

  test("what is known keeps its type and every digit", () => {
    expect(outputs.get("same")).toEqual(text("x"));
    expect(outputs.get("nul")).toEqual(text(null));
    expect(outputs.get("big")).toEqual(number("12345678901234567890123"));
    expect(outputs.get("tiny")).toEqual(number("0.000000000000000000015"));
    expect(outputs.get("set")).toEqual({ kind: "list", items: [text("a"), text("b")], collection: "set" });
    expect(outputs.get("list")).toEqual({ kind: "list", items: [text("a")], collection: "list" });
    expect(outputs.get("map")).toEqual({
      kind: "map",
      entries: new Map([["k", text("v")]]),
      collection: "map",
    });
  });

  test("what is unknown is found where Terraform leaves it out", () => {
    expect(outputs.get("unk")).toEqual(unknown);
    expect(outputs.get("ulist")).toEqual({ kind: "list", items: [unknown] });
    expect(outputs.get("umap")).toEqual({ kind: "map", entries: new Map([["k", unknown]]) });
    expect(outputs.get("uset")).toEqual({ kind: "list", items: [text("b"), unknown] });
    const entries = new Map<string, PartialValue>([
      ["a", number("1")],
      ["c", { kind: "list", items: [unknown, number("2")] }],
      ["e", { kind: "map", entries: new Map() }],
      ["b", unknown],
    ]);
    expect(outputs.get("part")).toEqual({ kind: "map", entries });
  });

  test("sensitive outputs are marked as a whole", () => {
    expect(outputs.get("sec")).toEqual({ kind: "scalar", value: "hunter2", sensitive: true });
    const entries = new Map<string, PartialValue>([
      ["a", text("hunter2")],
      ["b", unknown],
    ]);
    expect(outputs.get("secpart")).toEqual({ kind: "map", sensitive: true, entries });
  });

  test("no key is special", () => {
    const entries = new Map<string, PartialValue>([
      ["__proto__", { kind: "map", entries: new Map([["a", number("1")]]) }],
      ["b", number("2")],
    ]);
    expect(outputs.get("proto")).toEqual({ kind: "map", entries });
  });
});

test("outputs that stay and outputs that become unknown are both among the planned ones, with their types", () => {
  const outputs = plannedOutputs(recordedPlan("recorded/values-changed"));
  expect(outputs.size).toBe(16);
  expect(outputs.get("same")).toEqual(text("x"));
  expect(outputs.get("uset")).toEqual({ kind: "list", items: [text("b"), unknown], collection: "set" });
  expect(outputs.get("umap")).toEqual({ kind: "map", entries: new Map([["k", unknown]]), collection: "map" });
});

test("an output that goes is not planned", () => {
  expect([...plannedOutputs(recordedPlan("recorded/varied")).keys()]).toEqual(["becomes_sensitive"]);
});

test("actions, moves, imports and forgotten objects", () => {
  const changes = recordedPlan("recorded/varied").changes;
  const told = changes.map((change) => {
    const { mode, type, name, provider, before, after, replacePaths, ...rest } = change;
    return rest;
  });
  const imported = (id: string): PartialValue => ({ kind: "map", entries: new Map([["id", text(id)]]) });
  const gone = "delete_because_no_resource_config";
  expect(told).toEqual([
    { address: "data.terraform_remote_state.x", action: "read", actionReason: "read_because_config_unknown" },
    { address: "terraform_data.cbd", action: "no-op" },
    {
      address: "terraform_data.cbd2",
      action: "replace",
      replacementOrder: "create-before-destroy",
      actionReason: "replace_because_cannot_update",
    },
    {
      address: "terraform_data.changed",
      action: "update",
      previousAddress: "terraform_data.renamed_and_changed",
    },
    { address: "terraform_data.deleted", action: "delete", actionReason: gone },
    { address: "terraform_data.forgotten", action: "forget", actionReason: gone },
    { address: "terraform_data.imp", action: "no-op", importing: imported("someid") },
    { address: "terraform_data.imp2", action: "update", importing: imported("otherid") },
    { address: "terraform_data.new", action: "no-op", previousAddress: "terraform_data.old" },
    { address: "terraform_data.up", action: "update" },
  ]);
  expect(changes[2]?.replacePaths).toEqual([["triggers_replace"]]);
});

test("before, after, unknown and sensitive are one value", () => {
  const change = recordedPlan("recorded/values").changes.find(
    ({ address }) => address === "terraform_data.b",
  );
  expect(change?.before).toEqual(text(null));
  expect(change?.after.kind === "map" && change.after.entries.get("input")).toEqual({
    kind: "map",
    entries: new Map<string, PartialValue>([
      [
        "arr",
        {
          kind: "list",
          items: [
            unknown,
            text("k"),
            {
              kind: "map",
              entries: new Map([
                ["known", number("1")],
                ["deep", unknown],
              ]),
            },
          ],
        },
      ],
      ["sec", { kind: "scalar", value: "hunter2", sensitive: true }],
      [
        "secm",
        {
          kind: "map",
          sensitive: true,
          entries: new Map([
            ["a", number("1")],
            ["b", unknown],
          ]),
        },
      ],
      ["set", { kind: "list", items: [text("aa"), text("zz"), unknown] }],
      ["u", unknown],
    ]),
  });
});

test("a deposed object", () => {
  const changes = recordedPlan("recorded/deposed").changes;
  expect(changes.map(({ address, deposed, action }) => ({ address, deposed, action }))).toEqual([
    { address: "terraform_data.a", deposed: undefined, action: "no-op" },
    { address: "terraform_data.a", deposed: "0badc0de", action: "delete" },
  ]);
});

test("an errored plan says so and keeps what could be planned", () => {
  const plan = recordedPlan("recorded/errored");
  expect({ errored: plan.errored, applyable: plan.applyable, complete: plan.complete }).toEqual({
    errored: true,
    applyable: false,
    complete: false,
  });
  expect(plan.changes.map(({ address }) => address)).toEqual([
    "terraform_data.root",
    "module.this.terraform_data.plain",
  ]);
});

test("checks with their problems, drift and versions", () => {
  const plan = recordedPlan("recorded/values-changed");
  expect(plan.checks).toEqual([
    { address: "check.c", kind: "check", status: "fail", problems: ["not one two"] },
  ]);
  expect(plan.terraformVersion).toBe("1.11.4");
  expect(recordedPlan("pairs/down2").drift.map(({ address, action }) => `${action} ${address}`)).toEqual([
    "update aws_iam_role.r",
    "delete aws_s3_bucket_policy.p",
    'delete aws_s3_object.o["team"]',
    "update aws_security_group.g",
    "update aws_ssm_parameter.b",
    "update aws_ssm_parameter.sec",
  ]);
});

test("what is no plan is refused", () => {
  expect(() => parsePlan("{}")).toThrow("printed no plan");
  expect(() => parsePlan("Error: no such file")).toThrow(SyntaxError);
  const strange = {
    format_version: "1.2",
    resource_changes: [{ address: "a.b", change: { actions: ["explode"] } }],
  };
  expect(() => parsePlan(JSON.stringify(strange))).toThrow("'explode'");
});
