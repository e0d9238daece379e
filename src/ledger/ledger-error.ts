/** An object of the ledger that platc cannot understand; the message says for people which, where and why. */
export class LedgerError extends Error {
  override readonly name = "LedgerError";
  readonly key: string;
  /** How to mend it. */
  readonly hint: string;

  constructor(
    location: string,
    key: string,
    why: string,
    { hint, cause }: { readonly hint: string; readonly cause?: unknown },
  ) {
    super(`${location}: '${key}' ${why}`, { cause });
    this.key = key;
    this.hint = hint;
  }
}

/** The error for an object of a format that only a later platc knows. */
export function newerFormat(location: string, key: string, format: number, known: number): LedgerError {
  const why = `was written by a newer platc (format ${format}, this one knows ${known})`;
  return new LedgerError(location, key, why, { hint: "update platc" });
}

/** How to go on where an object cannot be read; `cost` says what is lost with it. */
export function unreadableHint(place: string, cost: string): string {
  return `if an earlier platc wrote it, run that one until nothing is under way; else delete '${place}', and ${cost}`;
}
