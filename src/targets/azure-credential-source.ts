import { existsSync } from "node:fs";
import { join } from "node:path";
import type { AzureSettings } from "../stores/azure-settings.ts";
import { homeFolder } from "../terraform/cache-folder.ts";
import type { Environment } from "../terraform/child-environment.ts";

/** By what platc would sign in at Azure, by name, never by value; undefined where nothing is seen without asking Azure. */
export function azureCredentialSource(
  { accessKey, sasToken, identity }: AzureSettings,
  environment: Environment,
): string | undefined {
  if (accessKey !== undefined) return "the key of the account";
  if (sasToken !== undefined) return "a SAS token";
  const { tenant, client, secret, secretFile, usesOidc, token, tokenFile, tokenRequest } = identity;
  if (tenant !== undefined && client !== undefined) {
    if ((secret ?? secretFile) !== undefined) return `the client '${client}' with a secret`;
    if (usesOidc && (token ?? tokenFile ?? tokenRequest) !== undefined)
      return `the client '${client}' with an OIDC token`;
  }
  if (identity.usesManagedIdentity) return "the identity of this machine";
  const folder = environment["AZURE_CONFIG_DIR"] || join(homeFolder(environment), ".azure");
  return identity.usesCli && existsSync(join(folder, "azureProfile.json")) ? "the Azure CLI" : undefined;
}
