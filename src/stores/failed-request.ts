import { type Client, proxyHint } from "./proxy-hint.ts";
import { StoreError } from "./store-error.ts";
import { withHint } from "./with-hint.ts";

/** What a store was asked in vain. */
export interface FailedRequest {
  readonly location: string;
  /** Ends the sentence "cannot ...". */
  readonly doing: string;
  readonly why: string;
  readonly hint?: string | undefined;
  readonly error: unknown;
  readonly client: Client;
}

/** The one sentence for people: what cannot be done, why, and how to mend it where that is known. */
export function failedRequest({ location, doing, why, hint, error, client }: FailedRequest): StoreError {
  const said = withHint(why, hint ?? proxyHint(error, client));
  return new StoreError(location, `cannot ${doing}: ${said}`, { cause: error });
}
