/** A type of a rule with the provider that it is of: `hashicorp/helm:helm_release`, or one of the provider's own. */
export function typeEntry(entry: string, own: string): readonly [source: string, typeName: string] {
  const at = entry.indexOf(":");
  return at < 0 ? [own, entry] : [entry.slice(0, at), entry.slice(at + 1)];
}
