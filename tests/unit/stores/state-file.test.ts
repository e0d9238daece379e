import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openLocalStore } from "../../../src/stores/local-store.ts";
import { freeLock, lockHolder } from "../../../src/stores/lock-holder.ts";
import type { BackendConfig, ObjectStore } from "../../../src/stores/object-store.ts";
import { readState } from "../../../src/stores/state-file.ts";
import { StoreError } from "../../../src/stores/store-error.ts";

let folder: string;
let store: ObjectStore;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "platc-state-"));
  store = openLocalStore(folder);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const STATE = `{
  "version": 4, "terraform_version": "1.11.4", "serial": 5, "lineage": "fa817089",
  "outputs": {
    "n": { "value": 12345678901234567890, "type": "number" },
    "s": { "value": {"__proto__": [1.50, null]}, "type": ["object", {}], "sensitive": true }
  },
  "resources": [
    { "mode": "managed", "type": "aws_s3_bucket", "name": "this", "module": "module.raw[\\"x y\\"]",
      "provider": "provider[\\"registry.terraform.io/hashicorp/aws\\"]", "instances": [{}] },
    { "mode": "data", "type": "aws_ami", "name": "ubuntu", "provider": "p", "instances": [{}, {}] }
  ],
  "check_results": [
    { "object_kind": "check", "config_addr": "module.raw.check.holds", "status": "pass", "objects": [] },
    { "object_kind": "check", "config_addr": "module.raw.check.fails", "status": "fail", "objects": [] },
    { "object_kind": "check", "config_addr": "check.unread", "status": "error", "objects": [] },
    { "object_kind": "resource", "config_addr": "aws_s3_bucket.this", "status": "fail", "objects": [] }
  ]
}`;

describe("readState", () => {
  test("keeps every digit, counts data sources, and names the assertions that failed", async () => {
    const version = await store.write("k", STATE);
    expect(await readState(store, "k")).toEqual({
      lineage: "fa817089",
      serial: 5,
      terraformVersion: "1.11.4",
      outputs: new Map<string, unknown>([
        ["n", { value: { digits: "12345678901234567890" }, type: "number", sensitive: false }],
        [
          "s",
          {
            value: new Map([["__proto__", [{ digits: "1.50" }, null]]]),
            type: ["object", new Map()],
            sensitive: true,
          },
        ],
      ]),
      resources: [
        {
          address: 'module.raw["x y"].aws_s3_bucket.this',
          mode: "managed",
          type: "aws_s3_bucket",
          name: "this",
          provider: 'provider["registry.terraform.io/hashicorp/aws"]',
          instances: 1,
        },
        {
          address: "data.aws_ami.ubuntu",
          mode: "data",
          type: "aws_ami",
          name: "ubuntu",
          provider: "p",
          instances: 2,
        },
      ],
      dataSources: 2,
      failedAssertions: ["module.raw.check.fails", "check.unread"],
      version,
    });
  });

  test("has nothing where there is nothing, or only what the local backend's lock made", async () => {
    await store.write("empty", "");
    expect(await readState(store, "empty")).toBeUndefined();
    expect(await readState(store, "absent")).toBeUndefined();
  });

  test.each([
    ["{", "it is not well-formed JSON"],
    ["[]", "its format is not named, not 4"],
    ['{"version": 3}', "its format is 3, not 4"],
    ['{"version": 4}', "it names no lineage and serial"],
    ['{"serial": 1, "lineage": "x", "encrypted_data": "..."}', "OpenTofu has encrypted it"],
  ])("says why %s is none", async (text, why) => {
    await store.write("k", text);
    await expect(readState(store, "k")).rejects.toThrow(StoreError);
    await expect(readState(store, "k")).rejects.toThrow(
      `'k' is no Terraform state that platc can read: ${why}`,
    );
  });
});

describe("lockHolder", () => {
  const S3: BackendConfig = { type: "s3", config: { bucket: "b", use_lockfile: true } };
  const LOCAL: BackendConfig = { type: "local", config: {} };
  const lock = (who: string) =>
    `{"ID":"74acb71b","Operation":"OperationTypeApply","Info":"","Who":"${who}","Version":"1.11.4","Created":"2026-11-21T04:02:53Z","Path":"b/k"}`;
  const holder = (who: string) => ({
    ...{ id: "74acb71b", who, operation: "OperationTypeApply", created: "2026-11-21T04:02:53Z", path: "b/k" },
    terraformVersion: "1.11.4",
  });

  test("finds the lock file of s3, and frees only the one it is told", async () => {
    expect(await lockHolder(store, S3, "d/k")).toEqual({ status: "free" });
    await store.write("d/k.tflock", lock("root@vm"));
    expect(await lockHolder(store, S3, "d/k")).toEqual({ status: "held", holder: holder("root@vm") });
    expect(await freeLock(store, S3, "d/k", "other")).toBe(false);
    expect(await freeLock(store, S3, "d/k", "74acb71b")).toBe(true);
    expect(await freeLock(store, S3, "d/k", "74acb71b")).toBe(false);
    expect(await lockHolder(store, S3, "d/k")).toEqual({ status: "free" });
  });

  test("names the DynamoDB table and the backends that it cannot look into", async () => {
    const table = { type: "s3", config: { bucket: "b", dynamodb_table: "locks" } };
    expect(await lockHolder(store, table, "k")).toMatchObject({
      status: "unknown",
      why: expect.stringContaining("DynamoDB table 'locks'"),
    });
    expect(await lockHolder(store, { type: "pg", config: {} }, "k")).toMatchObject({
      why: expect.stringContaining("'pg' backend"),
    });
  });

  test("tells a local note that was left behind from a lock that is held", async () => {
    await mkdir(join(folder, "d"));
    await writeFile(join(folder, "d", "terraform.tfstate"), "");
    const note = join(folder, "d", ".terraform.tfstate.lock.info");
    await writeFile(note, lock("root@elsewhere"));
    expect(await lockHolder(store, LOCAL, "d/terraform.tfstate")).toMatchObject({ status: "held" });
    await writeFile(note, lock(`root@${hostname()}`));
    const status = process.platform === "linux" ? "left" : "held";
    expect(await lockHolder(store, LOCAL, "d/terraform.tfstate")).toMatchObject({ status });
  });

  test("refuses what is no lock", async () => {
    await store.write("k.tflock", "nonsense");
    await expect(lockHolder(store, S3, "k")).rejects.toThrow("'k.tflock' is no lock of Terraform");
  });
});
