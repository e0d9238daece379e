/** What happened on the way to a server. */
export interface NetworkCause {
  /** Node's code of a network error; empty where it has none. */
  readonly code: string;
  readonly message: string;
}

/** The innermost error: `fetch` wraps what happened; of several addresses that were tried, the first says why. */
export function networkCause(error: unknown): NetworkCause {
  if (!(error instanceof Error)) return { code: "", message: String(error) };
  if (error.cause instanceof Error) return networkCause(error.cause);
  if (error instanceof AggregateError && error.errors.length > 0) return networkCause(error.errors[0]);
  return { code: (error as NodeJS.ErrnoException).code ?? "", message: error.message };
}
