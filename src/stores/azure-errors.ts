import { lookup } from "node:dns/promises";
import { failedRequest } from "./failed-request.ts";
import { isProxyUnknown } from "./proxy-hint.ts";
import { StoreError, StoreMissingError } from "./store-error.ts";

interface SdkError {
  readonly code?: string;
  readonly statusCode?: number;
  readonly message?: string;
}

/** Turns an error of the SDK into one sentence for people. `signInHost` tells an account that is not there from a machine without a network. */
export async function explainAzureError(
  location: string,
  signInHost: string,
  doing: string,
  error: unknown,
): Promise<StoreError> {
  if (error instanceof StoreError) return error;
  if (isMissingPlace(error)) return new StoreMissingError(location, { cause: error });
  const { code = "", statusCode } = error as SdkError;
  if (code === "ENOTFOUND" && !isProxyUnknown(error, "azure") && (await hasName(signInHost)))
    return new StoreMissingError(location, { cause: error });
  const why = [...(isWord(code) ? [code] : []), messageOf(error)].join(": ");
  const hint =
    statusCode === 403 && code.startsWith("AuthorizationPermission")
      ? "who signs in needs the role 'Storage Blob Data Contributor' there, and one that was just given takes minutes to count"
      : undefined;
  return failedRequest({ location, doing, why, hint, error, client: "azure" });
}

/** Azure's name of an error, such as `BlobNotFound`; empty where it says nothing. */
export function codeOf(error: unknown): string {
  return (error as SdkError).code ?? "";
}

/** The container, or what holds it, is not there. */
export function isMissingPlace(error: unknown): boolean {
  return ["ContainerNotFound", "ContainerBeingDeleted"].includes(codeOf(error));
}

export function isAzureStatus(error: unknown, status: number): boolean {
  return (error as SdkError).statusCode === status;
}

/** Numbers of requests and times are of no use to people. */
function messageOf(error: unknown): string {
  const { message, statusCode } = error as SdkError;
  const first = message?.split("\n")[0]?.trim();
  return first || (statusCode === undefined ? String(error) : `HTTP status ${statusCode}`);
}

function isWord(code: string): boolean {
  return /^[A-Za-z]+$/.test(code) && code !== "";
}

async function hasName(host: string): Promise<boolean> {
  return lookup(host).then(
    () => true,
    () => false,
  );
}
