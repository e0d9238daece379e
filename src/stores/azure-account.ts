import type { TokenCredential } from "@azure/identity";
import { azureRequest } from "./azure-request.ts";
import type { AzureSettings } from "./azure-settings.ts";
import { failedRequest } from "./failed-request.ts";
import { StoreError } from "./store-error.ts";

/** The storage account as Azure's resource manager knows it: its address for blobs, and its keys. */
export interface AzureAccount {
  readonly blobEndpoint: () => Promise<string>;
  readonly accessKey: () => Promise<string>;
}

/** Asks the resource manager for an account, which takes a subscription and a resource group. */
export function azureAccount(settings: AzureSettings, credential: TokenCredential): AzureAccount {
  const { account, location, subscription, resourceGroup, cloud } = settings;
  if (subscription === undefined || resourceGroup === undefined)
    throw new StoreError(
      location,
      "no way to its blobs is known: set use_azuread_auth (or ARM_USE_AZUREAD), or ARM_ACCESS_KEY, or ARM_SAS_TOKEN; with resource_group_name and subscription_id the key of the account is looked up",
    );
  const base = `${cloud.resourceManager}/subscriptions/${subscription}/resourceGroups/${resourceGroup}/providers/Microsoft.Storage/storageAccounts/${account}`;
  const ask = async (doing: string, path: string, method: "GET" | "POST"): Promise<unknown> => {
    try {
      const token = await credential.getToken(`${cloud.resourceManager}/.default`);
      const url = `${base}${path}?api-version=2023-01-01`;
      return await azureRequest({ method, url, bearer: token?.token ?? "" });
    } catch (error) {
      const why = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
      throw failedRequest({
        ...{ location, why, error },
        doing: `look up ${doing} of the account`,
        client: "azure",
      });
    }
  };
  return {
    blobEndpoint: async () => {
      const found = (await ask("the address", "", "GET")) as {
        readonly properties?: { readonly primaryEndpoints?: { readonly blob?: string } };
      };
      const address = found.properties?.primaryEndpoints?.blob;
      if (address === undefined) throw new StoreError(location, "the account has no address for blobs");
      return address.replace(/\/$/, "");
    },
    accessKey: async () => {
      const found = (await ask("the key", "/listKeys", "POST")) as {
        readonly keys?: readonly { readonly value?: string }[];
      };
      const key = found.keys?.find(({ value }) => value)?.value;
      if (key === undefined) throw new StoreError(location, "the account has no key");
      return key;
    },
  };
}
