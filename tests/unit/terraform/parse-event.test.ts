import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseEvent } from "../../../src/terraform/parse-event.ts";

const RESOURCE = {
  addr: 'module.m.aws_s3_bucket.a["x"]',
  module: "module.m",
  resource: 'aws_s3_bucket.a["x"]',
  implied_provider: "aws",
  resource_type: "aws_s3_bucket",
  resource_name: "a",
  resource_key: "x",
};
const PARSED = {
  address: 'module.m.aws_s3_bucket.a["x"]',
  module: "module.m",
  type: "aws_s3_bucket",
  name: "a",
  key: "x",
  provider: "aws",
};

function parse(type: string, body: object) {
  return parseEvent(
    JSON.stringify({ "@level": "info", "@message": "said", "@timestamp": "T", type, ...body }),
  );
}

describe("parseEvent", () => {
  test("the version, of Terraform and of OpenTofu", () => {
    expect(parse("version", { terraform: "1.11.4" })).toEqual({
      kind: "version",
      version: "1.11.4",
      flavour: "terraform",
      message: "said",
      time: "T",
    });
    expect(parse("version", { tofu: "1.9.0" })).toMatchObject({ version: "1.9.0", flavour: "opentofu" });
  });

  test("planned changes and drift", () => {
    const change = {
      resource: RESOURCE,
      previous_resource: { addr: "a.b" },
      action: "replace",
      reason: "cannot_update",
    };
    const expected = { resource: PARSED, action: "replace", previousAddress: "a.b", reason: "cannot_update" };
    expect(parse("planned_change", { change })).toMatchObject({ kind: "planned_change", ...expected });
    expect(parse("resource_drift", { change })).toMatchObject({ kind: "resource_drift", ...expected });
  });

  test("what was made, with its identity", () => {
    const hook = {
      resource: RESOURCE,
      action: "create",
      id_key: "id",
      id_value: "bucket-7",
      elapsed_seconds: 4,
    };
    expect(parse("apply_complete", { hook })).toEqual({
      kind: "apply_complete",
      resource: PARSED,
      action: "create",
      identity: { key: "id", value: "bucket-7" },
      elapsedSeconds: 4,
      message: "said",
      time: "T",
    });
    expect(
      parse("apply_start", { hook: { resource: { ...RESOURCE, resource_key: null }, action: "create" } }),
    ).toEqual({
      kind: "apply_start",
      resource: { ...PARSED, key: null },
      action: "create",
      message: "said",
      time: "T",
    });
  });

  test("counts, outputs and diagnostics", () => {
    const changes = { add: 1, change: 2, import: 0, remove: 3, operation: "plan" };
    expect(parse("change_summary", { changes })).toMatchObject({ counts: changes });
    expect(parse("outputs", { outputs: { a: { sensitive: true } } })).toMatchObject({
      outputs: { a: { sensitive: true } },
    });
    const point = { line: 3, column: 4, byte: 9 };
    const diagnostic = {
      severity: "error",
      summary: "s",
      detail: "d",
      address: "a.b",
      range: { filename: "main.tf.json", start: point, end: point },
      snippet: { code: "x = 1", context: "resource.a.b" },
    };
    expect(parse("diagnostic", { diagnostic })).toMatchObject({
      kind: "diagnostic",
      diagnostic: {
        severity: "error",
        summary: "s",
        detail: "d",
        address: "a.b",
        range: { filename: "main.tf.json", start: { line: 3, column: 4 }, end: { line: 3, column: 4 } },
        code: "x = 1",
        context: "resource.a.b",
      },
    });
  });

  test("what is not known is kept as it stands", () => {
    expect(parse("state_lock_release", {})).toEqual({
      kind: "unknown",
      type: "state_lock_release",
      message: "said",
      time: "T",
    });
    expect(parse("apply_complete", {})).toMatchObject({ kind: "unknown", type: "apply_complete" });
    expect(parseEvent("panic: oh")).toEqual({ kind: "text", message: "panic: oh" });
    expect(parseEvent('{"half":')).toEqual({ kind: "text", message: '{"half":' });
    expect(parseEvent('{"a":1}')).toEqual({ kind: "text", message: '{"a":1}' });
  });

  test("never throws", () => {
    const types = [
      "version",
      "planned_change",
      "apply_complete",
      "provision_start",
      "change_summary",
      "outputs",
      "diagnostic",
    ];
    const field = fc.constantFrom("hook", "change", "changes", "outputs", "diagnostic");
    fc.assert(
      fc.property(fc.constantFrom(...types), fc.dictionary(field, fc.jsonValue()), (type, body) => {
        expect(parse(type, body).message).toBe("said");
      }),
    );
  });
});
