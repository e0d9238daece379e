import { nameOf } from "../stores/s3-errors.ts";
import { explainNetworkError, networkErrorCode } from "./explain-network-error.ts";

/** What AWS or the way to it said, as a clause: `AccessDeniedException: ...`. */
export function explainAwsError(error: unknown): string {
  const { $metadata, $response } = error as SdkError;
  const region = $response?.headers?.["x-amz-bucket-region"];
  const status = $metadata?.httpStatusCode;
  if (region !== undefined && (status === 301 || status === 400)) return `it lies in region '${region}'`;
  if (networkErrorCode(error) !== "") return explainNetworkError(error, hostOf(error));
  const { message } = error as Error;
  const isEmpty = !message || message === "UnknownError";
  const said = isEmpty ? `HTTP status ${status ?? "unknown"}` : message;
  return [nameOf(error), said.replace(/\s+/g, " ")].filter(Boolean).join(": ");
}

interface SdkError {
  readonly hostname?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly $response?: { readonly headers?: Readonly<Record<string, string>> };
}

function hostOf(error: unknown): string {
  const { hostname } = (error instanceof AggregateError ? error.errors[0] : error) as SdkError;
  return hostname ?? "AWS";
}
