import type pg from "pg";

/** Ends a connection with what it is for; a lost one does not end platc. Returns what closes it. */
export function holdConnection(client: pg.Client, signal: AbortSignal): () => Promise<void> {
  const stop = (): void => void client.end().catch(() => undefined);
  // Without a listener a lost connection would end platc.
  client.on("error", () => undefined);
  signal.addEventListener("abort", stop, { once: true });
  return async () => {
    signal.removeEventListener("abort", stop);
    await client.end().catch(() => undefined);
  };
}
