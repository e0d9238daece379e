const MARK = "schema:";

/** The key under which the store of a pg backend knows a state: the name of its schema, marked as one. */
export function pgStateKey(schema: string): string {
  return MARK + schema;
}

/** Whether a key is that of a state; those of records begin with the name of a platform, which has no colon. */
export function isPgState(key: string): boolean {
  return key.startsWith(MARK);
}

/** The schema of a state by its key. */
export function pgSchemaOf(key: string): string {
  return key.slice(MARK.length);
}
