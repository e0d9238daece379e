import { randomUUID } from "node:crypto";
import type { ContainerClient, RestError } from "@azure/storage-blob";
import { byCodePoint } from "../text/compare.ts";
import { codeOf, explainAzureError, isAzureStatus, isMissingPlace } from "./azure-errors.ts";
import { blobLeases } from "./blob-leases.ts";
import type { ObjectStore, WriteCondition } from "./object-store.ts";
import { StoreConflictError, StoreError, StoreMissingError } from "./store-error.ts";

export interface BlobStoreOptions {
  /** For people: `azurerm://account/container`. */
  readonly location: string;
  /** Such as `login.microsoftonline.com`. */
  readonly signInHost: string;
}

/** By which a write is known again whose answer was lost; Azure wants the name of metadata to be an identifier. */
const WRITE_MARK = "platcwrite";

/** Objects as blobs of a container; a version is the ETag, which every write changes. */
export function blobStore(
  container: ContainerClient,
  { location, signInHost }: BlobStoreOptions,
): ObjectStore {
  const explained = (doing: string, error: unknown): Promise<StoreError> =>
    explainAzureError(location, signInHost, doing, error);

  const read: ObjectStore["read"] = async (key) => {
    try {
      const answer = await container.getBlobClient(key).download();
      const parts: Buffer[] = [];
      for await (const part of answer.readableStreamBody ?? []) parts.push(Buffer.from(part));
      return { bytes: Buffer.concat(parts), version: answer.etag ?? "" };
    } catch (error) {
      if (isAzureStatus(error, 404) && !isMissingPlace(error)) return undefined;
      throw await explained(`read '${key}'`, error);
    }
  };

  const head: ObjectStore["head"] = async (key) => {
    try {
      return (await container.getBlobClient(key).getProperties()).etag;
    } catch (error) {
      if (isAzureStatus(error, 404)) return undefined;
      throw await explained(`read '${key}'`, error);
    }
  };

  const write: ObjectStore["write"] = async (key, body, condition) => {
    const bytes = typeof body === "string" ? Buffer.from(body) : Buffer.from(body);
    const kind = typeof body === "string" ? "application/json" : "application/octet-stream";
    const blob = container.getBlockBlobClient(key);
    const mark = randomUUID();
    try {
      const answer = await blob.upload(bytes, bytes.length, {
        blobHTTPHeaders: { blobContentType: kind },
        metadata: { [WRITE_MARK]: mark },
        conditions: conditionOf(condition),
      });
      return answer.etag ?? "";
    } catch (error) {
      if (!isConflict(error, condition)) throw await explained(`write '${key}'`, error);
      const now = await blob.getProperties().catch(() => undefined);
      if (now?.metadata?.[WRITE_MARK] === mark) return now.etag ?? "";
      throw new StoreConflictError(location, key, { cause: error });
    }
  };

  const remove: ObjectStore["remove"] = async (key, condition) => {
    try {
      const conditions = conditionOf(condition);
      await container.getBlobClient(key).delete({ conditions, deleteSnapshots: "include" });
    } catch (error) {
      if (isConflict(error, condition)) throw new StoreConflictError(location, key, { cause: error });
      if (isAzureStatus(error, 404) && !isMissingPlace(error)) return;
      throw await explained(`remove '${key}'`, error);
    }
  };

  const list: ObjectStore["list"] = async (prefix) => {
    const keys: string[] = [];
    try {
      for await (const { name } of container.listBlobsFlat({ prefix })) keys.push(name);
    } catch (error) {
      throw await explained(`list '${prefix}'`, error);
    }
    return keys.sort(byCodePoint);
  };

  /** Listing is allowed to whoever may use the container; asking for its properties is not. */
  const exists: ObjectStore["exists"] = async () => {
    try {
      await container.listBlobsFlat().byPage({ maxPageSize: 1 }).next();
      return true;
    } catch (error) {
      const why = await explained("reach the container", error);
      if (why instanceof StoreMissingError) return false;
      throw why;
    }
  };

  return {
    location,
    exists,
    read,
    head,
    write,
    remove,
    list,
    locks: blobLeases(container, location, explained),
  };
}

function conditionOf(condition: WriteCondition | undefined): { ifNoneMatch?: string; ifMatch?: string } {
  if (condition === undefined) return {};
  return "ifAbsent" in condition ? { ifNoneMatch: "*" } : { ifMatch: condition.ifVersion };
}

/** What is refused because of a lease is no conflict of two writes: somebody holds the lock of a state. */
function isConflict(error: unknown, condition: WriteCondition | undefined): boolean {
  if (condition === undefined || isMissingPlace(error)) return false;
  return ["BlobAlreadyExists", "ConditionNotMet", "BlobNotFound"].includes(codeOf(error as RestError));
}
