import { expect, test } from "vitest";
import { jsonLinesReport } from "../../../src/reports/json-lines-report.ts";
import type { RunEvent } from "../../../src/run/run-event.ts";
import { RAW_PLAN, STORY, terraformEvent } from "./story.ts";

function linesOf(events: readonly RunEvent[], redact?: (text: string) => string): readonly string[] {
  const written: string[] = [];
  const report = jsonLinesReport({
    write: (text) => written.push(text),
    now: () => new Date(0),
    ...(redact ? { redact } : {}),
  });
  for (const event of events) report.tell(event);
  report.close();
  return written;
}

test("a line for each event", () => {
  const lines = linesOf(STORY);
  expect(lines).toHaveLength(STORY.length);
  for (const line of lines) {
    expect(line).toMatch(/^\{"version":1,"time":"1970-01-01T00:00:00.000Z","kind":"[a-z-]+",.*\}\n$/);
  }
  const kinds = new Set<string>();
  const firstOfEach = lines.filter((line) => {
    const { kind } = JSON.parse(line) as RunEvent;
    const isNew = !kinds.has(kind);
    kinds.add(kind);
    return isNew;
  });
  expect(firstOfEach.map((line) => line.replace(/^.*?Z",/, "{")).join("")).toMatchInlineSnapshot(`
    "{"kind":"run-announced","runId":"20250101-abc","command":"apply","platform":"d2b","target":"emulator","stacks":["dev/network","dev/storage/raw","dev/ingestion","dev/warehouse","dev/app","dev/cluster","dev/dns","dev/budget"],"upToDate":["dev/network"],"toPlan":6,"orphans":["dev/old"]}
    {"kind":"note","message":"TF_LOG is left out of Terraform's environment","hint":"say --log"}
    {"kind":"stack-reasons","address":"dev/storage/raw","reasons":["modules/aws/s3-bucket/main.tf changed","it was never applied"]}
    {"kind":"stack-started","address":"dev/storage/raw","step":"init"}
    {"kind":"stack-progress","address":"dev/storage/raw","step":"plan","event":{"kind":"diagnostic","message":"Warning: Argument is deprecated","diagnostic":{"severity":"warning","summary":"Argument is deprecated","detail":"Use acl of its own.","address":"aws_s3_bucket.raw"}}}
    {"kind":"stack-planned","address":"dev/storage/raw","summary":{"add":1,"change":1,"replace":1,"destroy":0,"import":0,"forget":0,"move":0},"lines":[{"text":"  + aws_s3_bucket.raw will be created","tone":"add"},{"text":"      + bucket = \\"d2b-raw\\"","tone":"add"},{"text":"","tone":"plain"},{"text":"-/+ aws_kms_key.raw must be replaced","tone":"replace"},{"text":"      # (because its definition changed)","tone":"muted"},{"text":"      ~ region = \\"a\\" -> \\"b\\" # forces replacement","tone":"change"},{"text":"        # (3 unchanged attributes hidden)","tone":"muted"},{"text":"","tone":"plain"},{"text":"Changes to outputs:","tone":"plain"},{"text":"  + bucket = \\"d2b-raw\\"","tone":"add"}],"resource_changes":[{"address":"aws_kms_key.raw","mode":"managed","type":"aws_kms_key","name":"raw","provider_name":"registry.terraform.io/hashicorp/aws","action_reason":"replace_because_cannot_update","change":{"actions":["delete","create"],"before":{"region":"a","id":"k-1"},"after":{"region":"b"},"after_unknown":{"id":true},"before_sensitive":{},"after_sensitive":{},"replace_paths":[["region"]]}}],"output_changes":{},"overlaidBy":[],"findings":[{"message":"aws_kms_key.raw is replaced while dev/app holds it","hint":"apply dev/app first, without it"}]}
    {"kind":"stack-finished","address":"dev/storage/raw","outcome":{"status":"applied","summary":{"add":1,"change":1,"replace":1,"destroy":0,"import":0,"forget":0,"move":0}},"seconds":72.4}
    {"kind":"check-finished","address":"dev/storage/raw","result":{"name":"objects","kind":"s3","status":"passed","message":"s3://d2b-raw/seed has 3 objects","attempts":1,"seconds":0.2,"ranAs":"emulator"}}
    {"kind":"run-finished","runId":"20250101-abc","command":"apply","outcomes":{"dev/network":{"status":"up-to-date"},"dev/storage/raw":{"status":"applied","summary":{"add":1,"change":1,"replace":1,"destroy":0,"import":0,"forget":0,"move":0}},"dev/ingestion":{"status":"applied","summary":{"add":1,"change":0,"replace":0,"destroy":0,"import":0,"forget":0,"move":0}},"dev/warehouse":{"status":"failed","message":"Terraform ended with exit code 1 in \\"apply\\"","hint":"the role of the credentials may not create workgroups","details":[{"message":"creating Athena Workgroup: AccessDenied\\nstatus code: 403","hint":""}]},"dev/app":{"status":"blocked","by":"dev/warehouse"},"dev/cluster":{"status":"deferred","reason":"for_each needs outputs.network.zones of dev/network"},"dev/dns":{"status":"waiting","reason":"the plan differs from the approved one","approval":"a1b2c3"},"dev/budget":{"status":"unchanged"}},"checks":[{"address":"dev/storage/raw","result":{"name":"objects","kind":"s3","status":"passed","message":"s3://d2b-raw/seed has 3 objects","attempts":1,"seconds":0.2,"ranAs":"emulator"}},{"address":"dev/ingestion","result":{"name":"invoke","kind":"lambda","status":"failed","message":"functionError is Unhandled, expected null","details":"Traceback:\\n  boom\\n","attempts":3,"seconds":4,"ranAs":"local process"}},{"address":"dev/ingestion","result":{"name":"health","kind":"http","status":"skipped","message":"the emulator serves no load balancer","attempts":0,"seconds":0,"ranAs":"cloud"}}],"processes":{"init":6,"plan":6,"show":6,"apply":3},"processSeconds":{"init":12,"plan":30,"show":9,"apply":41.5},"seconds":95,"unreadDataSources":2,"orphans":["dev/old"]}
    "
  `);
});

test("no key has an underscore, but for Terraform's and the user's own", () => {
  const keys = new Set<string>();
  const terraforms = new Set(["resource_changes", "output_changes", "resource_drift"]);
  const keep = (key: string, value: unknown): unknown => {
    keys.add(key);
    return value;
  };
  for (const line of linesOf(STORY)) {
    const event = Object.entries(JSON.parse(line) as object).filter(([key]) => !terraforms.has(key));
    JSON.parse(JSON.stringify(Object.fromEntries(event)), keep);
  }
  expect([...keys].filter((key) => /_/.test(key))).toEqual([]);
});

test("secrets do not come through, wherever they stand", () => {
  const outputs = { hunter2: { sensitive: false, value: { status: "hunter2", kind: ["hunter2", 1, null] } } };
  const event = terraformEvent("dev/a", "apply", { kind: "outputs", outputs, message: "Outputs: 1" });
  const [line = ""] = linesOf([event], (text) => text.replaceAll("hunter2", "***"));
  expect(JSON.parse(line)).toEqual({
    version: 1,
    time: "1970-01-01T00:00:00.000Z",
    ...event,
    event: {
      kind: "outputs",
      outputs: { "***": { sensitive: false, value: { status: "***", kind: ["***", 1, null] } } },
      message: "Outputs: 1",
    },
  });
});

test("nor do they in the changes of a plan, under whatever key and as a number", () => {
  const change = {
    actions: ["update"],
    before: { status: "hunter2", action: ["hunter2"], port: 424242 },
    after: { mode: "hunter2", hunter2: { kind: "hunter2" }, port: 424242 },
    after_unknown: { hunter2: true },
    before_sensitive: {},
    after_sensitive: { hunter2: true },
    importing: { id: "hunter2" },
  };
  const resource = { address: 'a_b.c["hunter2"]', mode: "managed", type: "a_b", name: "c", index: "hunter2" };
  const event: RunEvent = {
    ...RAW_PLAN,
    resource_changes: [{ ...resource, provider_name: "p", change }],
    output_changes: new Map([["hunter2", change]]),
  };
  const redact = (text: string): string => text.replaceAll(/hunter2|424242|update|managed/g, "***");
  const [line = ""] = linesOf([event], redact);
  const hidden = {
    actions: ["update"],
    before: { status: "***", action: ["***"], port: "***" },
    after: { mode: "***", "***": { kind: "***" }, port: "***" },
    after_unknown: { "***": true },
    before_sensitive: {},
    after_sensitive: { "***": true },
    importing: { id: "***" },
  };
  expect(JSON.parse(line)).toMatchObject({
    resource_changes: [
      { ...resource, address: 'a_b.c["***"]', index: "***", provider_name: "p", change: hidden },
    ],
    output_changes: { "***": hidden },
  });
});
