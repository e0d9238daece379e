import type { BlobGetPropertiesResponse, ContainerClient } from "@azure/storage-blob";
import { codeOf, isAzureStatus } from "./azure-errors.ts";
import { parseLockHolder } from "./lock-status.ts";
import type { StateLocks } from "./object-store.ts";
import type { StoreError } from "./store-error.ts";
import { StoreConflictError } from "./store-error.ts";

/** Where Terraform's azurerm backend notes who holds the lease of a state: metadata of the blob, JSON in base64. */
const NOTE = "terraformlockid";

/** The locks of Terraform's azurerm backend: a lease of the state's blob, under the id of the lock. */
export function blobLeases(
  container: ContainerClient,
  location: string,
  explained: (doing: string, error: unknown) => Promise<StoreError>,
): StateLocks {
  const propertiesOf = async (key: string): Promise<BlobGetPropertiesResponse | undefined> => {
    try {
      return await container.getBlobClient(key).getProperties();
    } catch (error) {
      if (isAzureStatus(error, 404)) return undefined;
      throw await explained(`read the lock of '${key}'`, error);
    }
  };

  const status: StateLocks["status"] = async (key) => {
    const properties = await propertiesOf(key);
    const note = properties?.metadata?.[NOTE];
    const isLeased = properties?.leaseStatus === "locked";
    if (note !== undefined && note !== "") {
      const text = Buffer.from(note, "base64").toString("utf8");
      const holder = parseLockHolder(location, `${key} (metadata ${NOTE})`, text);
      return { status: isLeased ? "held" : "left", holder };
    }
    if (!isLeased) return { status: "free" };
    const why = `the blob '${key}' has a lease, and no note says whose; 'az storage blob lease break' ends it`;
    return { status: "unknown", why };
  };

  const free: StateLocks["free"] = async (key, id) => {
    const properties = await propertiesOf(key);
    const found = await status(key);
    if (properties === undefined || (found.status !== "held" && found.status !== "left")) return false;
    if (found.holder.id !== id) return false;
    const { [NOTE]: _note, ...metadata } = properties.metadata ?? {};
    const blob = container.getBlobClient(key);
    const isHeld = found.status === "held";
    try {
      await blob.setMetadata(metadata, {
        conditions: isHeld ? { leaseId: id } : { ifMatch: properties.etag ?? "" },
      });
      if (isHeld) await blob.getBlobLeaseClient(id).releaseLease();
      return true;
    } catch (error) {
      if (/^Lease|^ConditionNotMet$/.test(codeOf(error)))
        throw new StoreConflictError(location, key, { cause: error });
      throw await explained(`free the lock of '${key}'`, error);
    }
  };

  return { status, free };
}
