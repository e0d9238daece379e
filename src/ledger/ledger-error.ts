/** An object of the ledger that platc cannot understand; the message says for people which, where and why. */
export class LedgerError extends Error {
  override readonly name = "LedgerError";
  readonly key: string;

  constructor(location: string, key: string, why: string, options?: { readonly cause?: unknown }) {
    super(`${location}: '${key}' ${why}`, options);
    this.key = key;
  }
}
