import { readFile } from "node:fs/promises";
import type { TokenCredential } from "@azure/identity";
import { type AzureRequest, azureRequest } from "./azure-request.ts";
import type { AzureIdentity, AzureSettings } from "./azure-settings.ts";
import { proxyHint } from "./proxy-hint.ts";
import { StoreError } from "./store-error.ts";
import { withHint } from "./with-hint.ts";

/**
 * Who platc is to Entra, in the order of Terraform's azurerm backend: a client with a secret, one with a token of
 * somebody else's (OIDC), the identity of the machine, the Azure CLI. A library signs in, loaded when it is needed.
 */
export async function resolveAzureCredential({
  identity,
  cloud,
  location,
}: AzureSettings): Promise<TokenCredential> {
  const { tenant, client } = identity;
  const fail = (why: string): StoreError => new StoreError(location, why);
  if (identity.hasCertificate)
    throw fail(
      "platc cannot sign in with a client certificate; use_oidc, a client_secret and the Azure CLI are possible",
    );
  const library = await import("./azure-token-library.ts");
  const options = { authorityHost: cloud.login, disableInstanceDiscovery: !cloud.isPublished };
  if (tenant !== undefined && client !== undefined) {
    const secret = identity.secret ?? (await textOfFile(location, identity.secretFile));
    if (secret !== undefined) return new library.ClientSecretCredential(tenant, client, secret, options);
    const assertion = identity.usesOidc ? assertionOf(location, identity) : undefined;
    if (assertion !== undefined)
      return new library.ClientAssertionCredential(tenant, client, assertion, options);
  }
  if (identity.usesManagedIdentity) {
    if (identity.managedIdentityEndpoint !== undefined)
      throw fail("platc finds the managed identity by itself, and takes no 'msi_endpoint'");
    return client === undefined
      ? new library.ManagedIdentityCredential(options)
      : new library.ManagedIdentityCredential({ clientId: client, ...options });
  }
  if (identity.usesCli)
    return new library.AzureCliCredential(tenant === undefined ? {} : { tenantId: tenant });
  throw fail(
    "nobody is named who may sign in: set ARM_TENANT_ID and ARM_CLIENT_ID with ARM_CLIENT_SECRET or ARM_USE_OIDC, or ARM_USE_MSI, or let the Azure CLI be used",
  );
}

/** Asks for a token each time that one is needed, since those of a CI live for minutes. */
function assertionOf(location: string, identity: AzureIdentity): (() => Promise<string>) | undefined {
  const { token, tokenFile, tokenRequest, serviceConnection } = identity;
  if (token !== undefined) return () => Promise.resolve(token);
  if (tokenFile !== undefined) return async () => (await textOfFile(location, tokenFile)) ?? "";
  if (tokenRequest === undefined) return undefined;
  return serviceConnection === undefined
    ? () => askGitHub(location, tokenRequest)
    : () => askPipeline(location, tokenRequest, serviceConnection);
}

type TokenRequest = NonNullable<AzureIdentity["tokenRequest"]>;

async function askGitHub(location: string, { url, bearer }: TokenRequest): Promise<string> {
  const address = new URL(url);
  address.searchParams.set("audience", "api://AzureADTokenExchange");
  return askForToken(location, { method: "GET", url: address.href, bearer }, "value");
}

async function askPipeline(
  location: string,
  { url, bearer }: TokenRequest,
  serviceConnection: string,
): Promise<string> {
  const address = new URL(url);
  address.searchParams.set("api-version", "7.1");
  address.searchParams.set("serviceConnectionId", serviceConnection);
  return askForToken(location, { method: "POST", url: address.href, bearer }, "oidcToken");
}

async function askForToken(location: string, request: AzureRequest, field: string): Promise<string> {
  const fail = (why: string, cause?: unknown): StoreError =>
    new StoreError(location, `'${new URL(request.url).host}' gave no OIDC token: ${why}`, { cause });
  try {
    const token = ((await azureRequest(request)) as Readonly<Record<string, unknown>>)[field];
    if (typeof token !== "string" || token === "") throw fail(`its answer has no '${field}'`);
    return token;
  } catch (error) {
    if (error instanceof StoreError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw fail(withHint(why, proxyHint(error, "azure")), error);
  }
}

async function textOfFile(location: string, path: string | undefined): Promise<string | undefined> {
  if (path === undefined) return undefined;
  try {
    return (await readFile(path, "utf8")).trim();
  } catch (error) {
    throw new StoreError(location, `cannot read '${path}'`, { cause: error });
  }
}
