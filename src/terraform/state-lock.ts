/** Who holds a state's lock, as Terraform tells it in its lock error. */
export interface StateLock {
  readonly id: string;
  readonly path: string;
  readonly operation: string;
  readonly who: string;
  readonly version: string;
  /** In Go's form, such as `2026-01-31 04:04:25.09 +0000 UTC`. */
  readonly created: string;
}

/** Reads the `Lock Info` of a lock error; undefined where it tells none (another process is just taking it). */
export function parseStateLock(detail: string): StateLock | undefined {
  const start = detail.indexOf("Lock Info:");
  if (start < 0) return undefined;
  const field = (name: string): string =>
    new RegExp(`^\\s*${name}:[ \\t]*(.*?)\\s*$`, "m").exec(detail.slice(start))?.[1] ?? "";
  const id = field("ID");
  if (id === "") return undefined;
  return {
    id,
    path: field("Path"),
    operation: field("Operation")
      .replace(/^OperationType/, "")
      .toLowerCase(),
    who: field("Who"),
    version: field("Version"),
    created: field("Created"),
  };
}
