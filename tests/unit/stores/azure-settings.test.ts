import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { resolveAzureCredential } from "../../../src/stores/azure-credentials.ts";
import { completeAzureSettings } from "../../../src/stores/azure-settings.ts";
import { openAzureStore } from "../../../src/stores/azure-store.ts";

const BLOCK = { storage_account_name: "account", container_name: "states" };
const CLIENT = { tenant_id: "22222222-2222-2222-2222-222222222222", client_id: "client" };

describe("completeAzureSettings", () => {
  test("takes the block before the variables, and these in the order of Terraform", async () => {
    const block = { ...BLOCK, ...CLIENT, use_oidc: true, sas_token: "?sv=1", resource_group_name: "group" };
    const environment = {
      ARM_CLIENT_ID: "other",
      ARM_USE_AZUREAD: "true",
      ARM_USE_CLI: "false",
      ARM_SUBSCRIPTION_ID: "subscription",
      ARM_ACCESS_KEY: "",
      ACTIONS_ID_TOKEN_REQUEST_URL: "https://token.example.com",
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: "bearer",
    };
    expect(await completeAzureSettings(block, environment)).toEqual({
      account: "account",
      container: "states",
      location: "azurerm://account/states",
      cloud: {
        login: "https://login.microsoftonline.com",
        resourceManager: "https://management.azure.com",
        storageSuffix: "core.windows.net",
        isPublished: true,
      },
      accessKey: undefined,
      sasToken: "sv=1",
      usesEntra: true,
      subscription: "subscription",
      resourceGroup: "group",
      looksUpEndpoint: false,
      identity: {
        tenant: CLIENT.tenant_id,
        client: "client",
        hasCertificate: false,
        secret: undefined,
        secretFile: undefined,
        usesOidc: true,
        token: undefined,
        tokenFile: undefined,
        tokenRequest: { url: "https://token.example.com", bearer: "bearer" },
        serviceConnection: undefined,
        usesManagedIdentity: false,
        managedIdentityEndpoint: undefined,
        usesCli: false,
      },
    });
  });

  test("knows the clouds, and takes the identity of a pod", async () => {
    const { cloud, identity } = await completeAzureSettings(BLOCK, {
      ARM_ENVIRONMENT: "usgovernment",
      ARM_USE_AKS_WORKLOAD_IDENTITY: "1",
      AZURE_TENANT_ID: "tenant",
      AZURE_CLIENT_ID: "pod",
      AZURE_FEDERATED_TOKEN_FILE: "/token",
    });
    expect(cloud.storageSuffix).toBe("core.usgovcloudapi.net");
    expect(identity).toMatchObject({ tenant: "tenant", client: "pod", tokenFile: "/token", usesOidc: true });
  });

  test("what is missing or wrong is the user's mistake", async () => {
    await expect(completeAzureSettings({}, {})).rejects.toThrow(
      "azurerm: the backend names no storage_account_name",
    );
    await expect(completeAzureSettings({ storage_account_name: "a" }, {})).rejects.toThrow(
      "azurerm://a: the backend names no container_name",
    );
    await expect(completeAzureSettings({ ...BLOCK, environment: "mars" }, {})).rejects.toThrow(
      "azurerm://account/states: 'mars' is no environment of Azure; there are public, global, usgovernment",
    );
  });
});

describe("resolveAzureCredential", () => {
  const resolve = async (environment: Record<string, string>) =>
    (await resolveAzureCredential(await completeAzureSettings(BLOCK, environment))).constructor.name;
  const client = { ARM_TENANT_ID: CLIENT.tenant_id, ARM_CLIENT_ID: "client" };

  test("takes the first way that is complete", async () => {
    const oidc = { ...client, ARM_USE_OIDC: "true", ARM_OIDC_TOKEN: "token" };
    expect(await resolve({ ...oidc, ARM_CLIENT_SECRET: "secret" })).toBe("ClientSecretCredential");
    expect(await resolve({ ...oidc, ARM_USE_MSI: "true" })).toBe("ClientAssertionCredential");
    expect(await resolve({ ...client, ARM_OIDC_TOKEN: "token", ARM_USE_MSI: "true" })).toBe(
      "ManagedIdentityCredential",
    );
    expect(await resolve({})).toBe("AzureCliCredential");
  });

  test("reads a secret from a file", async () => {
    const folder = mkdtempSync(join(tmpdir(), "platc-secret-"));
    writeFileSync(join(folder, "secret"), "secret\n");
    expect(await resolve({ ...client, ARM_CLIENT_SECRET_FILE_PATH: join(folder, "secret") })).toBe(
      "ClientSecretCredential",
    );
    rmSync(folder, { recursive: true });
    await expect(resolve({ ...client, ARM_CLIENT_SECRET_FILE_PATH: join(folder, "secret") })).rejects.toThrow(
      `azurerm://account/states: cannot read '${join(folder, "secret")}'`,
    );
  });

  test("says what it cannot do", async () => {
    await expect(resolve({ ARM_USE_CLI: "false" })).rejects.toThrow("nobody is named who may sign in");
    await expect(resolve({ ...client, ARM_CLIENT_CERTIFICATE_PATH: "/c.pfx" })).rejects.toThrow(
      "platc cannot sign in with a client certificate",
    );
    await expect(openAzureStore(BLOCK, {})).rejects.toThrow(
      "azurerm://account/states: no way to its blobs is known: set use_azuread_auth (or ARM_USE_AZUREAD)",
    );
  });
});
