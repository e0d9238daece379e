import { failedRequest } from "./failed-request.ts";
import { StoreError } from "./store-error.ts";

interface SdkError {
  readonly code?: number | string;
  readonly message?: string;
}

/** Turns an error of the SDK into one sentence for people. */
export function explainGcsError(location: string, doing: string, error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const { message } = error as SdkError;
  const why = message?.split("\n")[0]?.trim() || String(error);
  const hint = isGcsStatus(error, 403)
    ? "who signs in needs the role 'Storage Object Admin' there"
    : undefined;
  return failedRequest({ location, doing, why, hint, error, client: "google" });
}

export function isGcsStatus(error: unknown, status: number): boolean {
  return Number((error as SdkError).code) === status;
}
