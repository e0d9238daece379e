import { describe, expect, test } from "vitest";
import { completeGcsSettings } from "../../../src/stores/gcs-settings.ts";

describe("completeGcsSettings", () => {
  test("takes the block before the variables, and these in the order of Terraform", async () => {
    const block = { bucket: "b", credentials: '{"type":"service_account"}', kms_encryption_key: "k" };
    const environment = {
      GOOGLE_CREDENTIALS: '{"type":"other"}',
      GOOGLE_BACKEND_IMPERSONATE_SERVICE_ACCOUNT: "first@p",
      GOOGLE_IMPERSONATE_SERVICE_ACCOUNT: "second@p",
      GOOGLE_APPLICATION_CREDENTIALS: "/key.json",
      GOOGLE_ENCRYPTION_KEY: Buffer.from("k".repeat(32)).toString("base64"),
    };
    expect(await completeGcsSettings(block, environment)).toEqual({
      bucket: "b",
      location: "gs://b",
      endpoint: undefined,
      isEmulated: false,
      accessToken: undefined,
      credentials: { type: "service_account" },
      keyFile: "/key.json",
      impersonated: "first@p",
      delegates: [],
      encryptionKey: Buffer.from("k".repeat(32)),
      kmsKey: "k",
    });
  });

  test("takes an address with and without the path of the API", async () => {
    const endpointOf = async (config: object, environment = {}) => {
      const { endpoint, isEmulated } = await completeGcsSettings({ bucket: "b", ...config }, environment);
      return [endpoint, isEmulated];
    };
    const custom = { storage_custom_endpoint: "https://private.example.com/storage/v1/" };
    expect(await endpointOf(custom)).toEqual(["https://private.example.com", false]);
    expect(await endpointOf({}, { STORAGE_EMULATOR_HOST: "localhost:4443" })).toEqual([
      "http://localhost:4443",
      true,
    ]);
  });

  test("what is missing or wrong is the user's mistake", async () => {
    await expect(completeGcsSettings({}, {})).rejects.toThrow("gcs: the backend names no bucket");
    await expect(completeGcsSettings({ bucket: "b", credentials: "/no/such/file" }, {})).rejects.toThrow(
      "gs://b: 'credentials' is neither well-formed JSON nor the path of a file that holds it",
    );
  });
});
