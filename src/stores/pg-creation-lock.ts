/**
 * The advisory lock that OpenTofu's pg backend holds while a state has no row yet: FNV-1 of the schema and the table,
 * below zero. Terraform takes -1 there.
 */
export function pgCreationLock(schema: string, table = "states"): string {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(`${schema}\0${table}`))
    hash = (Math.imul(hash, 0x01000193) ^ byte) >>> 0;
  return String(-hash);
}
