import { type AzureCloud, azureCloud } from "./azure-cloud.ts";
import type { StoreEnvironment } from "./object-store.ts";
import { backendText, textIn } from "./backend-text.ts";
import { StoreError } from "./store-error.ts";

/** What the azurerm backend's block and the environment together say, by the rules of Terraform's azurerm backend. */
export interface AzureSettings {
  readonly account: string;
  readonly container: string;
  /** For people: `azurerm://account/container`. */
  readonly location: string;
  readonly cloud: AzureCloud;
  readonly accessKey: string | undefined;
  /** Without its question mark. */
  readonly sasToken: string | undefined;
  /** Blobs are read as whoever signs in, not with the key of the account. */
  readonly usesEntra: boolean;
  readonly subscription: string | undefined;
  readonly resourceGroup: string | undefined;
  /** The account has an address of its own, which Azure's resource manager knows. */
  readonly looksUpEndpoint: boolean;
  readonly identity: AzureIdentity;
}

/** Everything by which one may sign in to Entra; the first way that is complete counts. */
export interface AzureIdentity {
  readonly tenant: string | undefined;
  readonly client: string | undefined;
  readonly hasCertificate: boolean;
  readonly secret: string | undefined;
  readonly secretFile: string | undefined;
  readonly usesOidc: boolean;
  readonly token: string | undefined;
  readonly tokenFile: string | undefined;
  readonly tokenRequest: { readonly url: string; readonly bearer: string } | undefined;
  /** The service connection of an Azure DevOps pipeline, whose tokens are asked for in another way than GitHub's. */
  readonly serviceConnection: string | undefined;
  readonly usesManagedIdentity: boolean;
  readonly managedIdentityEndpoint: string | undefined;
  readonly usesCli: boolean;
}

/** Completes the block of an azurerm backend from the environment. Throws StoreError where it says too little. */
export async function completeAzureSettings(
  config: Readonly<Record<string, unknown>>,
  environment: StoreEnvironment,
): Promise<AzureSettings> {
  const account = textIn(config, "storage_account_name");
  if (account === undefined) throw new StoreError("azurerm", "the backend names no storage_account_name");
  const container = textIn(config, "container_name");
  if (container === undefined)
    throw new StoreError(`azurerm://${account}`, "the backend names no container_name");
  const location = `azurerm://${account}/${container}`;
  const { text, flag } = readerOf(config, environment);
  return {
    ...{ account, container, location },
    cloud: await azureCloud(
      location,
      text("environment", "ARM_ENVIRONMENT") ?? "public",
      text("metadata_host", "ARM_METADATA_HOSTNAME", "ARM_METADATA_HOST"),
    ),
    accessKey: text("access_key", "ARM_ACCESS_KEY"),
    sasToken: text("sas_token", "ARM_SAS_TOKEN")?.replace(/^\?/, ""),
    usesEntra: flag("use_azuread_auth", "ARM_USE_AZUREAD"),
    subscription: text("subscription_id", "ARM_SUBSCRIPTION_ID"),
    resourceGroup: text("resource_group_name"),
    looksUpEndpoint: flag("lookup_blob_endpoint", "ARM_USE_DNS_ZONE_ENDPOINT"),
    identity: identityOf(config, environment),
  };
}

function identityOf(config: Readonly<Record<string, unknown>>, environment: StoreEnvironment): AzureIdentity {
  const { text, flag } = readerOf(config, environment);
  const isInCluster = flag("use_aks_workload_identity", "ARM_USE_AKS_WORKLOAD_IDENTITY");
  const inCluster = (name: string): string | undefined =>
    isInCluster ? environment[name] || undefined : undefined;
  const url = text(
    "oidc_request_url",
    ...["ARM_OIDC_REQUEST_URL", "ACTIONS_ID_TOKEN_REQUEST_URL", "SYSTEM_OIDCREQUESTURI"],
  );
  const bearer = text(
    "oidc_request_token",
    ...["ARM_OIDC_REQUEST_TOKEN", "ACTIONS_ID_TOKEN_REQUEST_TOKEN", "SYSTEM_ACCESSTOKEN"],
  );
  const certificate =
    text("client_certificate", "ARM_CLIENT_CERTIFICATE") ??
    text("client_certificate_path", "ARM_CLIENT_CERTIFICATE_PATH");
  return {
    tenant: text("tenant_id", "ARM_TENANT_ID") ?? inCluster("AZURE_TENANT_ID"),
    client: text("client_id", "ARM_CLIENT_ID") ?? inCluster("AZURE_CLIENT_ID"),
    hasCertificate: certificate !== undefined,
    secret: text("client_secret", "ARM_CLIENT_SECRET"),
    secretFile: text("client_secret_file_path", "ARM_CLIENT_SECRET_FILE_PATH"),
    usesOidc: isInCluster || flag("use_oidc", "ARM_USE_OIDC"),
    token: text("oidc_token", "ARM_OIDC_TOKEN"),
    tokenFile:
      text("oidc_token_file_path", "ARM_OIDC_TOKEN_FILE_PATH") ?? inCluster("AZURE_FEDERATED_TOKEN_FILE"),
    tokenRequest: url === undefined || bearer === undefined ? undefined : { url, bearer },
    serviceConnection: text(
      "ado_pipeline_service_connection_id",
      ...["ARM_ADO_PIPELINE_SERVICE_CONNECTION_ID", "ARM_OIDC_AZURE_SERVICE_CONNECTION_ID"],
    ),
    usesManagedIdentity: flag("use_msi", "ARM_USE_MSI"),
    managedIdentityEndpoint: text("msi_endpoint", "ARM_MSI_ENDPOINT"),
    usesCli: flag("use_cli", "ARM_USE_CLI", true),
  };
}

function readerOf(config: Readonly<Record<string, unknown>>, environment: StoreEnvironment) {
  const text = backendText(config, environment);
  const flag = (name: string, variable: string, otherwise = false): boolean => {
    const value = text(name, variable)?.toLowerCase();
    return value === undefined ? otherwise : ["true", "1", "t"].includes(value);
  };
  return { text, flag };
}
