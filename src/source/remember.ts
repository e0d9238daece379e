/** The answer to a question that is asked but once: later callers get the same promise, also while it is open. */
export function remember<Key, Result>(
  memory: Map<Key, Promise<Result>>,
  key: Key,
  ask: () => Promise<Result>,
): Promise<Result> {
  const known = memory.get(key) ?? ask();
  memory.set(key, known);
  return known;
}
