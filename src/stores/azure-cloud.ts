import { proxyHint } from "./proxy-hint.ts";
import { StoreError } from "./store-error.ts";
import { withHint } from "./with-hint.ts";

/** The addresses of one of Azure's clouds. */
export interface AzureCloud {
  /** Where one signs in, such as `https://login.microsoftonline.com`. */
  readonly login: string;
  readonly resourceManager: string;
  /** What follows `ACCOUNT.blob.`. */
  readonly storageSuffix: string;
  /** It is one that Microsoft lists, and not a private one. */
  readonly isPublished: boolean;
}

const PUBLIC: AzureCloud = {
  login: "https://login.microsoftonline.com",
  resourceManager: "https://management.azure.com",
  storageSuffix: "core.windows.net",
  isPublished: true,
};
const US_GOVERNMENT: AzureCloud = {
  login: "https://login.microsoftonline.us",
  resourceManager: "https://management.usgovcloudapi.net",
  storageSuffix: "core.usgovcloudapi.net",
  isPublished: true,
};
const CHINA: AzureCloud = {
  login: "https://login.chinacloudapi.cn",
  resourceManager: "https://management.chinacloudapi.cn",
  storageSuffix: "core.chinacloudapi.cn",
  isPublished: true,
};

const CLOUD_BY_NAME: Readonly<Record<string, AzureCloud>> = {
  public: PUBLIC,
  global: PUBLIC,
  usgovernment: US_GOVERNMENT,
  usgovernmentl4: US_GOVERNMENT,
  china: CHINA,
};

/** The cloud of a name, or the one that a metadata host describes: `environment` and `metadata_host` of the backend. */
export async function azureCloud(
  location: string,
  name: string,
  metadataHost: string | undefined,
): Promise<AzureCloud> {
  if (metadataHost !== undefined) return describedCloud(location, metadataHost);
  const cloud = CLOUD_BY_NAME[name.toLowerCase()];
  if (cloud !== undefined) return cloud;
  const known = Object.keys(CLOUD_BY_NAME).join(", ");
  throw new StoreError(location, `'${name}' is no environment of Azure; there are ${known}`);
}

interface CloudMetadata {
  readonly authentication?: { readonly loginEndpoint?: string };
  readonly resourceManager?: string;
  readonly suffixes?: { readonly storage?: string };
}

async function describedCloud(location: string, host: string): Promise<AzureCloud> {
  const url = `https://${host}/metadata/endpoints?api-version=2022-09-01`;
  const fail = (why: string, cause?: unknown): StoreError =>
    new StoreError(location, `the metadata of Azure at '${url}' cannot be read: ${why}`, { cause });
  let metadata: CloudMetadata;
  try {
    const { azureRequest } = await import("./azure-request.ts");
    metadata = (await azureRequest({ method: "GET", url })) as CloudMetadata;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw fail(withHint(why, proxyHint(error, "azure")), error);
  }
  const [login, resourceManager, storageSuffix] = [
    metadata.authentication?.loginEndpoint,
    metadata.resourceManager,
    metadata.suffixes?.storage,
  ];
  if (!login || !resourceManager || !storageSuffix)
    throw fail("it lacks an address to sign in at, of the resource manager, or of storage");
  const withoutSlash = (address: string): string => address.replace(/\/$/, "");
  return {
    login: withoutSlash(login),
    resourceManager: withoutSlash(resourceManager),
    storageSuffix,
    isPublished: false,
  };
}
