/** The answer to a question that is asked but once: later callers get the same promise, also while it is open. */
export function remember<Result>(
  memory: Map<string, Promise<Result>>,
  key: string,
  ask: () => Promise<Result>,
): Promise<Result> {
  const known = memory.get(key) ?? ask();
  memory.set(key, known);
  return known;
}
