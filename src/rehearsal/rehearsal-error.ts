/** The providers of a rehearsal could not be started, or ended early. */
export class RehearsalError extends Error {
  override readonly name = "RehearsalError";
  readonly hint: string;

  constructor(message: string, hint: string) {
    super(message);
    this.hint = hint;
  }
}
