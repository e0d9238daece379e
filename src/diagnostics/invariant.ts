/** Thrown where platc itself is at fault, never for a mistake of its user. */
export class InvariantError extends Error {
  override readonly name = "InvariantError";
}

/** States what must hold inside platc; a failure is a bug in platc and says so. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new InvariantError(`${message} (this is a bug in platc, please report it)`);
}
