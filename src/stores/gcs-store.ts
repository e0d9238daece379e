import { randomUUID } from "node:crypto";
import { type Bucket, type File, Storage, type StorageOptions } from "@google-cloud/storage";
import { byCodePoint } from "../text/compare.ts";
import { resolveGcsCredentials } from "./gcs-credentials.ts";
import { explainGcsError, isGcsStatus } from "./gcs-errors.ts";
import { completeGcsSettings, type GcsSettings } from "./gcs-settings.ts";
import type { ObjectStore, StoreEnvironment, WriteCondition } from "./object-store.ts";
import { StoreConflictError, StoreMissingError } from "./store-error.ts";
import { withoutVariable } from "./without-variable.ts";

/** By which a write is known again whose answer was lost. */
const WRITE_MARK = "platc-write";

/** Objects of a bucket of Google's; a version is the generation. Load this file lazily: it brings the SDK along. */
export async function openGcsStore(
  config: Readonly<Record<string, unknown>>,
  environment: StoreEnvironment,
): Promise<ObjectStore> {
  const settings = await completeGcsSettings(config, environment);
  const { location, kmsKey } = settings;
  const bucket = await bucketOf(settings);
  const fileOf = (key: string): File => encrypted(bucket.file(key), settings);
  const fail = (doing: string, error: unknown): Error => explainGcsError(location, doing, error);

  const exists: ObjectStore["exists"] = async () => {
    try {
      await bucket.getFiles({ maxResults: 1, autoPaginate: false });
      return true;
    } catch (error) {
      if (isGcsStatus(error, 404)) return false;
      throw fail("reach the bucket", error);
    }
  };
  /** Google answers alike whether the object is missing or all of its bucket. */
  const isBucketMissing = async (error: unknown): Promise<boolean> =>
    isGcsStatus(error, 404) && !(await exists());
  const explained = async (doing: string, error: unknown): Promise<Error> =>
    (await isBucketMissing(error)) ? new StoreMissingError(location, { cause: error }) : fail(doing, error);

  const read: ObjectStore["read"] = async (key) => {
    try {
      return await download(fileOf(key));
    } catch (error) {
      const why = await explained(`read '${key}'`, error);
      if (isGcsStatus(error, 404) && !(why instanceof StoreMissingError)) return undefined;
      throw why;
    }
  };

  const head: ObjectStore["head"] = async (key) => {
    try {
      return generationOf(await fileOf(key).getMetadata());
    } catch (error) {
      if (isGcsStatus(error, 404)) return undefined;
      throw fail(`read '${key}'`, error);
    }
  };

  const write: ObjectStore["write"] = async (key, body, condition) => {
    const file = fileOf(key);
    const mark = randomUUID();
    try {
      await file.save(Buffer.from(body as Uint8Array), {
        resumable: false,
        preconditionOpts: preconditionOf(condition),
        contentType: typeof body === "string" ? "application/json" : "application/octet-stream",
        metadata: { metadata: { [WRITE_MARK]: mark } },
        ...(kmsKey === undefined ? {} : { kmsKeyName: kmsKey }),
      });
      return generationOf([file.metadata]);
    } catch (error) {
      if (!isConflict(error, condition) || (await isBucketMissing(error)))
        throw await explained(`write '${key}'`, error);
      const now = await fileOf(key)
        .getMetadata()
        .catch(() => undefined);
      if (now?.[0].metadata?.[WRITE_MARK] === mark) return generationOf(now);
      throw new StoreConflictError(location, key, { cause: error });
    }
  };

  const remove: ObjectStore["remove"] = async (key, condition) => {
    try {
      await bucket.file(key).delete(preconditionOf(condition));
    } catch (error) {
      if (await isBucketMissing(error)) throw new StoreMissingError(location, { cause: error });
      if (isConflict(error, condition)) throw new StoreConflictError(location, key, { cause: error });
      if (!isGcsStatus(error, 404)) throw fail(`remove '${key}'`, error);
    }
  };

  const list: ObjectStore["list"] = async (prefix) => {
    try {
      const [files] = await bucket.getFiles({ prefix });
      return files.map(({ name }) => name).sort(byCodePoint);
    } catch (error) {
      throw await explained(`list '${prefix}'`, error);
    }
  };

  return { location, exists, read, head, write, remove, list };
}

async function bucketOf(settings: GcsSettings): Promise<Bucket> {
  const { endpoint, isEmulated } = settings;
  const options: StorageOptions = {
    // No project is asked for anything; without a name the SDK would look for one.
    projectId: "platc",
    retryOptions: { maxRetries: 3, maxRetryDelay: 1, totalTimeout: 60 },
    ...(endpoint === undefined ? {} : { apiEndpoint: endpoint, useAuthWithCustomEndpoint: !isEmulated }),
    ...(isEmulated ? {} : { authClient: await resolveGcsCredentials(settings) }),
  };
  // The SDK takes it for an address with the path of the API, and Terraform for one without.
  const storage = withoutVariable("STORAGE_EMULATOR_HOST", () => new Storage(options));
  return storage.bucket(settings.bucket);
}

/** Terraform encrypts states by the key of the backend, and their locks not. */
function encrypted(file: File, { encryptionKey }: GcsSettings): File {
  return encryptionKey === undefined || file.name.endsWith(".tflock")
    ? file
    : file.setEncryptionKey(encryptionKey);
}

/** The generation comes with the bytes, so that both belong to the same write. */
async function download(file: File): Promise<{ bytes: Uint8Array; version: string }> {
  let version = "";
  const parts: Buffer[] = [];
  const stream = file.createReadStream({ validation: false, decompress: false });
  stream.on("response", (answer: { readonly headers: Readonly<Record<string, unknown>> }) => {
    version = String(answer.headers["x-goog-generation"] ?? "");
  });
  for await (const part of stream) parts.push(part as Buffer);
  return { bytes: Buffer.concat(parts), version };
}

function generationOf([{ generation }]: readonly [{ generation?: string | number }, ...unknown[]]): string {
  return String(generation ?? "");
}

function preconditionOf(condition: WriteCondition | undefined): { ifGenerationMatch?: number | string } {
  if (condition === undefined) return {};
  return { ifGenerationMatch: "ifAbsent" in condition ? 0 : condition.ifVersion };
}

/** A 404 on a condition says that the object has been removed. */
function isConflict(error: unknown, condition: WriteCondition | undefined): boolean {
  return condition !== undefined && (isGcsStatus(error, 412) || isGcsStatus(error, 404));
}
