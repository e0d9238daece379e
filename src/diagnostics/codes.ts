/**
 * The register of diagnostic codes: what a user finds in the documentation under the code.
 * Every code has a golden in tests/golden/diagnostics/<code>.
 */
export const DIAGNOSTIC_CODES = {
  "yaml-syntax": "The file is not well-formed YAML.",
} as const satisfies Record<string, string>;

export type DiagnosticCode = keyof typeof DIAGNOSTIC_CODES;
