import type { Diagnostic } from "./diagnostic.ts";

/**
 * Each mistake once and in the order of the text. A mistake in a stack is found once for every place where the stack
 * is: what says the same at the same place, but for the addresses in it, is told once.
 */
export function tidyDiagnostics(
  diagnostics: readonly Diagnostic[],
  files: readonly string[],
): readonly Diagnostic[] {
  const firstByIdentity = new Map<string, Diagnostic>();
  for (const diagnostic of diagnostics) {
    const identity = identityOf(diagnostic);
    if (!firstByIdentity.has(identity)) firstByIdentity.set(identity, diagnostic);
  }
  const fileOf = ({ range }: Diagnostic): number => (range ? files.indexOf(range.file.path) : -1);
  const startOf = ({ range }: Diagnostic): number => range?.start ?? -1;
  return [...firstByIdentity.values()].sort(
    (left, right) => fileOf(left) - fileOf(right) || startOf(left) - startOf(right),
  );
}

function identityOf({ code, message, range }: Diagnostic): string {
  if (!range) return `${code}\n${message}`;
  const withoutAddresses = message.replace(/'[^' ]*\/[^' ]*'/g, "''");
  return `${code}\n${range.file.path}:${range.start}:${range.end}\n${withoutAddresses}`;
}
