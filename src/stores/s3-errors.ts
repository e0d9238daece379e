import { failedRequest } from "./failed-request.ts";
import { StoreError, StoreMissingError } from "./store-error.ts";

interface SdkError {
  readonly name?: string;
  readonly message?: string;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly attempts?: number };
  readonly $response?: { readonly headers?: Readonly<Record<string, string>> };
}

/** Turns an error of the SDK into one sentence for people. */
export function explainS3Error(location: string, doing: string, error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const name = nameOf(error);
  if (name === "NoSuchBucket") return new StoreMissingError(location, { cause: error });
  const region = (error as SdkError).$response?.headers?.["x-amz-bucket-region"];
  const status = (error as SdkError).$metadata?.httpStatusCode;
  const why =
    region !== undefined && (status === 301 || status === 400)
      ? `the bucket lies in region '${region}'`
      : [name, messageOf(error)].filter(Boolean).join(": ");
  return failedRequest({ location, doing, why, error, client: "direct" });
}

/** The SDK's name of an error, such as `AccessDenied`; empty where it says nothing. */
export function nameOf(error: unknown): string {
  const { name } = error as SdkError;
  return name === undefined || ["Error", "Unknown", "UnknownError", "AggregateError"].includes(name)
    ? ""
    : name;
}

export function isStatus(error: unknown, status: number): boolean {
  return (error as SdkError).$metadata?.httpStatusCode === status;
}

/** An earlier try may have reached S3 with only its answer lost: a conflict may then be with ourselves. */
export function wasRetried(error: unknown): boolean {
  return ((error as SdkError).$metadata?.attempts ?? 1) > 1;
}

/** A refused connection is an AggregateError with no message of its own. */
function messageOf(error: unknown): string {
  const { message } = error as SdkError;
  if (message && message !== "UnknownError") return message;
  const first = error instanceof AggregateError ? (error.errors[0] as Error | undefined) : undefined;
  const status = (error as SdkError).$metadata?.httpStatusCode;
  return first?.message ?? (status === undefined ? String(error) : `HTTP status ${status}`);
}
