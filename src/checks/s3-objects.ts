import { createWriteStream } from "node:fs";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  paginateListObjectsV2,
  PutObjectCommand,
  S3Client,
  type S3ClientConfig,
} from "@aws-sdk/client-s3";
import { isStatus, nameOf } from "../stores/s3-errors.ts";
import { awsClientOptions, usesPathStyle } from "./aws-client-options.ts";
import type { CheckContext } from "./check-context.ts";
import { explainAwsError } from "./explain-aws-error.ts";
import { withoutVersionWarning } from "../stores/without-version-warning.ts";

/** The objects of one bucket, for a check. What goes wrong is thrown as S3CheckError. */
export interface S3Objects {
  /** Undefined where there is no such object. */
  read(key: string): Promise<Uint8Array | undefined>;
  /** Keys that begin so, in order. */
  list(prefix: string): Promise<readonly string[]>;
  /** Writes an object to a file of this machine. */
  save(key: string, path: string): Promise<void>;
  /** Returns the version, for buckets that keep them. */
  write(key: string, body: Uint8Array): Promise<string | undefined>;
  /** Removes the version itself: an older one that stayed would keep the bucket from being destroyed. */
  remove(key: string, version: string | undefined): Promise<void>;
  /** What a reader without credentials meets. */
  readUnsigned(what: { readonly key: string } | "list"): Promise<UnsignedAnswer>;
  close(): void;
}

/** `unclear`: neither the objects nor a refusal, such as a server that is busy. */
export type UnsignedAnswer =
  { readonly status: "refused" | "served" } | { readonly status: "unclear"; readonly why: string };

/** One sentence for people. */
export class S3CheckError extends Error {}

/** Opens a bucket with the settings and credentials of the context. */
export async function openS3Objects(
  Bucket: string,
  context: CheckContext,
  abortSignal: AbortSignal,
): Promise<S3Objects> {
  const shared = await awsClientOptions("s3", context);
  const checksums = shared.endpoint === undefined ? "WHEN_SUPPORTED" : "WHEN_REQUIRED";
  const options: S3ClientConfig = {
    ...shared,
    maxAttempts: 2,
    forcePathStyle: usesPathStyle(shared.endpoint),
    requestChecksumCalculation: checksums,
    responseChecksumValidation: checksums,
    useArnRegion: false,
    disableS3ExpressSessionAuth: false,
  };
  const client = withoutVersionWarning(() => new S3Client(options));
  const unsigned = new S3Client({ ...options, signer: { sign: (request) => Promise.resolve(request) } });
  const doing = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      const isGone = nameOf(error) === "NoSuchBucket";
      throw new S3CheckError(
        isGone
          ? `there is no bucket '${Bucket}'`
          : `cannot ${what} in bucket '${Bucket}': ${explainAwsError(error)}`,
        { cause: error },
      );
    }
  };

  return {
    read: (Key) =>
      doing(`read '${Key}'`, async () => {
        try {
          const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }), { abortSignal });
          return (await Body?.transformToByteArray()) ?? new Uint8Array();
        } catch (error) {
          if (nameOf(error) !== "NoSuchBucket" && isStatus(error, 404)) return undefined;
          throw error;
        }
      }),
    list: (Prefix) =>
      doing(`list '${Prefix}'`, async () => {
        const keys: string[] = [];
        for await (const page of paginateListObjectsV2({ client }, { Bucket, Prefix }, { abortSignal }))
          keys.push(...(page.Contents ?? []).flatMap(({ Key }) => Key ?? []));
        return keys;
      }),
    save: (Key, path) =>
      doing(`read '${Key}'`, async () => {
        const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }), { abortSignal });
        await pipeline(Body as Readable, createWriteStream(path), { signal: abortSignal });
      }),
    write: (Key, Body) =>
      doing(`write '${Key}'`, async () => {
        const written = await client.send(new PutObjectCommand({ Bucket, Key, Body }), { abortSignal });
        return written.VersionId;
      }),
    // Without the signal: what was written is removed, also when time is up.
    remove: (Key, VersionId) =>
      doing(`remove '${Key}'`, async () => {
        const version = VersionId === undefined ? {} : { VersionId };
        await client.send(new DeleteObjectCommand({ Bucket, Key, ...version }));
      }),
    readUnsigned: async (what) => {
      try {
        if (what === "list")
          await unsigned.send(new ListObjectsV2Command({ Bucket, MaxKeys: 1 }), { abortSignal });
        else await unsigned.send(new GetObjectCommand({ Bucket, Key: what.key }), { abortSignal });
        return { status: "served" };
      } catch (error) {
        if (isStatus(error, 401) || isStatus(error, 403)) return { status: "refused" };
        return { status: "unclear", why: explainAwsError(error) };
      }
    },
    close: () => {
      client.destroy();
      unsigned.destroy();
    },
  };
}
