import type { DiagnosticCode } from "../diagnostics/codes.ts";
import type { TemplateCall } from "./template.ts";
import type { Value } from "./value.ts";

/** What a name in a template stands for, or why it stands for nothing. */
export type NameResult =
  | { readonly status: "ok"; readonly value: Value }
  | { readonly status: "bad"; readonly code: DiagnosticCode; readonly message: string; readonly hint?: string };

/** The names that templates of one stack may use. */
export interface TemplateScope {
  /** A dotted name, such as `vars.region` or `outputs.raw.bucket`, with its coordinates. */
  readonly name: (call: TemplateCall, coordinates: ReadonlyMap<string, Value>) => NameResult;
  /** A file or folder beside the spec. */
  readonly file: (path: string) => NameResult;
}
