import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Finding, findAwsCredentials, findAzureCredentials } from "../../../src/cli/doctor-findings.ts";
import { platformOf } from "../stacks/platforms.ts";

const specOf = (state: string): string => `version: 1
platform: p
state: ${state}
environments: { dev: {} }
stacks: { raw: { module: test/tiny } }
`;
const AZURE = specOf("{ backend: azurerm, config: { storage_account_name: a, container_name: c } }");

async function findings(
  spec: string,
  environment: Readonly<Record<string, string>>,
): Promise<readonly string[]> {
  const patient = { root: "/p", lockText: undefined, platform: await platformOf(spec), environment };
  const found: readonly Finding[] = [
    ...(await findAwsCredentials(patient)),
    ...(await findAzureCredentials(patient)),
  ];
  return found.map(({ name, status, message }) => `${name} ${status}: ${message}`);
}

test("of a platform on Azure, doctor says by what platc would sign in there, and nothing of AWS", async () => {
  const home = mkdtempSync(join(tmpdir(), "platc-home-"));
  const client = { HOME: home, ARM_TENANT_ID: "tenant", ARM_CLIENT_ID: "client" };
  expect(await findings(AZURE, client)).toEqual(["azure warn: No Azure credentials are seen"]);
  expect(await findings(AZURE, { ...client, ARM_CLIENT_SECRET: "hidden" })).toEqual([
    "azure ok: Azure credentials: the client 'client' with a secret",
  ]);
  expect(await findings(AZURE, { ...client, ARM_USE_OIDC: "true", ARM_OIDC_TOKEN: "hidden" })).toEqual([
    "azure ok: Azure credentials: the client 'client' with an OIDC token",
  ]);
  expect(await findings(AZURE, { HOME: home, ARM_ACCESS_KEY: "hidden" })).toEqual([
    "azure ok: Azure credentials: the key of the account",
  ]);
  mkdirSync(join(home, ".azure"));
  writeFileSync(join(home, ".azure", "azureProfile.json"), "{}");
  expect(await findings(AZURE, { HOME: home })).toEqual(["azure ok: Azure credentials: the Azure CLI"]);
  expect(await findings(AZURE, { HOME: home, ARM_ENVIRONMENT: "mars" })).toEqual([
    expect.stringContaining("azure warn: azurerm://a/c: 'mars' is no environment of Azure"),
  ]);
  rmSync(home, { recursive: true });
});

test("of a platform on AWS, doctor says nothing of Azure", async () => {
  const spec = specOf("{ backend: s3, config: { bucket: states, region: eu-central-1 } }");
  expect(await findings(spec, { AWS_ACCESS_KEY_ID: "k", AWS_SECRET_ACCESS_KEY: "s" })).toEqual([
    "aws ok: AWS credentials: AWS_ACCESS_KEY_ID in the environment",
  ]);
});
