import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { withoutCredentials } from "../../../src/stores/backend-secrets.ts";
import { openStore } from "../../../src/stores/open-store.ts";
import { UnsupportedStoreError } from "../../../src/stores/store-error.ts";
import { stateLocation } from "../../../src/stores/state-location.ts";

describe("openStore", () => {
  test("opens a local backend in its folder, else in the project", async () => {
    const at = async (config: Record<string, unknown>) =>
      (await openStore({ type: "local", config }, {}, "/p")).location;
    expect(await at({})).toBe("/p");
    expect(await at({ path: "states" })).toBe(join("/p", "states"));
    expect(await at({ path: "/states" })).toBe("/states");
  });

  test("says that it cannot use http, which lists nothing", async () => {
    const opening = openStore({ type: "http", config: {} }, {}, "/p");
    await expect(opening).rejects.toThrow(UnsupportedStoreError);
    await expect(opening).rejects.toThrow(
      "platc cannot keep its records in the 'http' backend, nor read states there",
    );
  });

  test("an s3 backend without a bucket or region is the user's mistake", async () => {
    const open = (config: Record<string, unknown>) =>
      openStore({ type: "s3", config }, { HOME: "/nowhere" }, "/p");
    await expect(open({})).rejects.toThrow("s3: the backend names no bucket");
    await expect(open({ bucket: "b" })).rejects.toThrow("s3://b: no region is known");
  });
});

test("stateLocation uses each backend's own word", () => {
  const key = "d2b/dev/raw/terraform.tfstate";
  const of = (type: string, config: Record<string, unknown>) => stateLocation({ type, config }, key);
  expect(of("s3", { bucket: "b" })).toEqual({
    argument: "key",
    value: key,
    objectKey: key,
    shown: `s3://b/${key}`,
  });
  expect(of("local", {})).toEqual({ argument: "path", value: key, objectKey: key, shown: key });
  expect(of("gcs", { bucket: "b" })).toEqual({
    ...{ argument: "prefix", value: "d2b/dev/raw", objectKey: "d2b/dev/raw/default.tfstate" },
    shown: "gs://b/d2b/dev/raw/default.tfstate",
  });
  expect(of("pg", {})).toMatchObject({
    argument: "schema_name",
    value: "d2b/dev/raw",
    objectKey: "schema:d2b/dev/raw",
  });
  expect(of("http", { address: "https://h/s/" })).toMatchObject({
    value: `https://h/s/${key}`,
    objectKey: null,
  });
  expect(of("http", { address: "https://me:secret@h/s" }).shown).toBe(`https://me@h/s/${key}`);
  expect(of("azurerm", { storage_account_name: "a", container_name: "c" }).shown).toBe(
    `azurerm://a/c/${key}`,
  );
});

test("withoutCredentials keeps all but what is secret", () => {
  const config = {
    bucket: "b",
    access_key: "AKIA",
    secret_key: "s",
    encrypt: true,
    assume_role: { role_arn: "arn", external_id: "x" },
    assume_role_with_web_identity: [{ role_arn: "arn", web_identity_token: "t" }],
    conn_str: "postgres://me:s3cret@db/x?sslmode=off",
    other: "host=db password='a b' user=me",
    address: "https://u:p@h/x",
  };
  expect(withoutCredentials({ type: "s3", config }).config).toEqual({
    bucket: "b",
    encrypt: true,
    assume_role: { role_arn: "arn", external_id: "x" },
    assume_role_with_web_identity: [{ role_arn: "arn" }],
    conn_str: "postgres://me@db/x?sslmode=off",
    other: "host=db user=me",
    address: "https://u@h/x",
  });
});
