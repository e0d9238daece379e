import { ContainerClient, newPipeline, StorageSharedKeyCredential } from "@azure/storage-blob";
import { azureAccount } from "./azure-account.ts";
import { resolveAzureCredential } from "./azure-credentials.ts";
import { type AzureSettings, completeAzureSettings } from "./azure-settings.ts";
import { blobStore } from "./blob-store.ts";
import type { ObjectStore, StoreEnvironment } from "./object-store.ts";

/** Opens the container of an azurerm backend. Load this file lazily: it brings the SDK along. */
export async function openAzureStore(
  config: Readonly<Record<string, unknown>>,
  environment: StoreEnvironment,
): Promise<ObjectStore> {
  const settings = await completeAzureSettings(config, environment);
  const { location, cloud } = settings;
  return blobStore(await containerOf(settings), { location, signInHost: new URL(cloud.login).host });
}

const OPTIONS = { retryOptions: { maxTries: 4, retryDelayInMs: 500 } };

/** The key of the account, a token that was given, or whoever signs in: the first that the backend has. */
async function containerOf(settings: AzureSettings): Promise<ContainerClient> {
  const { account, container, accessKey, sasToken, cloud } = settings;
  const usual = `https://${account}.blob.${cloud.storageSuffix}`;
  const withKey = (endpoint: string, key: string): ContainerClient =>
    new ContainerClient(
      `${endpoint}/${container}`,
      newPipeline(new StorageSharedKeyCredential(account, key), OPTIONS),
    );
  if (accessKey !== undefined) return withKey(usual, accessKey);
  if (sasToken !== undefined)
    return new ContainerClient(`${usual}/${container}?${sasToken}`, newPipeline(undefined, OPTIONS));
  const credential = await resolveAzureCredential(settings);
  const isLookedUp = settings.looksUpEndpoint || !settings.usesEntra;
  if (!isLookedUp) return new ContainerClient(`${usual}/${container}`, newPipeline(credential, OPTIONS));
  const found = azureAccount(settings, credential);
  const endpoint = settings.looksUpEndpoint ? await found.blobEndpoint() : usual;
  return settings.usesEntra
    ? new ContainerClient(`${endpoint}/${container}`, newPipeline(credential, OPTIONS))
    : withKey(endpoint, await found.accessKey());
}
