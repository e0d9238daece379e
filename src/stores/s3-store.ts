import { readFile } from "node:fs/promises";
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
  type S3ClientConfig,
  paginateListObjectsV2,
} from "@aws-sdk/client-s3";
import { byCodePoint } from "../text/compare.ts";
import type { ObjectStore, StoreEnvironment, WriteCondition } from "./object-store.ts";
import { resolveS3Credentials } from "./s3-credentials.ts";
import { explainS3Error, isStatus, nameOf, wasRetried } from "./s3-errors.ts";
import { completeS3Settings, type S3Settings } from "./s3-settings.ts";
import { StoreConflictError, StoreError } from "./store-error.ts";
import { withoutVersionWarning } from "./without-version-warning.ts";

type Block = Readonly<Record<string, unknown>>;

/**
 * Objects of an S3 bucket, or of what speaks like one. Load this file lazily: it brings the SDK along. A version is the ETag: the content's hash, so put a sequence into the content.
 */
export async function openS3Store(config: Block, environment: StoreEnvironment): Promise<ObjectStore> {
  const settings = await completeS3Settings(config, environment);
  const client = await makeClient(config, environment, settings);
  const { bucket: Bucket, location } = settings;
  const customerKey = customerKeyOf(settings);

  const read: ObjectStore["read"] = async (Key) => {
    try {
      const answer = await client.send(new GetObjectCommand({ Bucket, Key, ...customerKey }));
      return {
        bytes: (await answer.Body?.transformToByteArray()) ?? new Uint8Array(),
        version: answer.ETag ?? "",
      };
    } catch (error) {
      if (nameOf(error) !== "NoSuchBucket" && isStatus(error, 404)) return undefined;
      throw explainS3Error(location, `read '${Key}'`, error);
    }
  };

  const head: ObjectStore["head"] = async (Key) => {
    try {
      return (await client.send(new HeadObjectCommand({ Bucket, Key, ...customerKey }))).ETag;
    } catch (error) {
      if (isStatus(error, 404)) return undefined;
      throw explainS3Error(location, `read '${Key}'`, error);
    }
  };

  const write: ObjectStore["write"] = async (Key, body, condition) => {
    const Body = typeof body === "string" ? Buffer.from(body) : body;
    const kind = typeof body === "string" ? "application/json" : "application/octet-stream";
    const encryption = { ...encryptionOf(settings), ...customerKey };
    const request = { Bucket, Key, Body, ContentType: kind, ...encryption, ...conditionOf(condition) };
    try {
      return (await client.send(new PutObjectCommand(request))).ETag ?? "";
    } catch (error) {
      if (!isConflict(error, condition)) throw explainS3Error(location, `write '${Key}'`, error);
      const now = wasRetried(error) ? await read(Key) : undefined;
      if (now !== undefined && Buffer.compare(now.bytes, Body) === 0) return now.version;
      throw new StoreConflictError(location, Key, { cause: error });
    }
  };

  const remove: ObjectStore["remove"] = async (Key, condition) => {
    try {
      await client.send(new DeleteObjectCommand({ Bucket, Key, ...conditionOf(condition) }));
    } catch (error) {
      if (!isConflict(error, condition)) throw explainS3Error(location, `remove '${Key}'`, error);
      if (wasRetried(error) && (await head(Key)) === undefined) return;
      throw new StoreConflictError(location, Key, { cause: error });
    }
  };

  const list: ObjectStore["list"] = async (prefix) => {
    const keys: string[] = [];
    try {
      for await (const page of paginateListObjectsV2({ client }, { Bucket, Prefix: prefix }))
        for (const { Key } of page.Contents ?? []) if (Key !== undefined) keys.push(Key);
    } catch (error) {
      throw explainS3Error(location, `list '${prefix}'`, error);
    }
    return keys.sort(byCodePoint);
  };

  const exists: ObjectStore["exists"] = async () => {
    try {
      await client.send(new HeadBucketCommand({ Bucket }));
      return true;
    } catch (error) {
      if (isStatus(error, 404)) return false;
      throw explainS3Error(location, "reach the bucket", error);
    }
  };

  return { location, exists, read, head, write, remove, list };
}

async function makeClient(
  config: Block,
  environment: StoreEnvironment,
  settings: S3Settings,
): Promise<S3Client> {
  const { endpoint, certificateFile } = settings;
  const checksums = settings.sendChecksums ? "WHEN_SUPPORTED" : "WHEN_REQUIRED";
  const certificate =
    certificateFile === undefined ? {} : { ca: await readCertificates(settings, certificateFile) };
  // Every setting that the SDK would else look up in process.env or AWS's files is given here.
  const options: S3ClientConfig & { ignoreConfiguredEndpointUrls: boolean } = {
    region: settings.region,
    credentials: await resolveS3Credentials(config, environment, settings),
    forcePathStyle: settings.usePathStyle,
    useFipsEndpoint: settings.useFips,
    useDualstackEndpoint: settings.useDualstack,
    maxAttempts: settings.maxAttempts,
    retryMode: "standard",
    useArnRegion: false,
    disableS3ExpressSessionAuth: false,
    requestChecksumCalculation: checksums,
    responseChecksumValidation: checksums,
    ignoreConfiguredEndpointUrls: true,
    ...(endpoint === undefined ? {} : { endpoint }),
    requestHandler: {
      connectionTimeout: 10_000,
      httpsAgent: { maxSockets: 50, rejectUnauthorized: !settings.isInsecure, ...certificate },
    },
  };
  return withoutVersionWarning(() => new S3Client(options));
}

async function readCertificates({ location }: S3Settings, file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    throw new StoreError(location, `cannot read the certificates in '${file}'`, { cause: error });
  }
}

function conditionOf(condition: WriteCondition | undefined) {
  if (condition === undefined) return {};
  return "ifAbsent" in condition ? { IfNoneMatch: "*" } : { IfMatch: condition.ifVersion };
}

/** 409 says that two conditional requests met; a 404 on a condition, that the object has been removed. */
function isConflict(error: unknown, condition: WriteCondition | undefined): boolean {
  if (condition === undefined || nameOf(error) === "NoSuchBucket") return false;
  return isStatus(error, 412) || isStatus(error, 409) || isStatus(error, 404);
}

function encryptionOf({ encryption }: S3Settings) {
  if (encryption.kind === "aes256") return { ServerSideEncryption: "AES256" as const };
  if (encryption.kind === "kms")
    return { ServerSideEncryption: "aws:kms" as const, SSEKMSKeyId: encryption.key };
  return {};
}

function customerKeyOf({ encryption }: S3Settings) {
  return encryption.kind === "customer"
    ? { SSECustomerAlgorithm: "AES256", SSECustomerKey: encryption.key }
    : {};
}
