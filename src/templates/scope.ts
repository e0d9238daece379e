import type { DiagnosticCode } from "../diagnostics/codes.ts";
import type { Range } from "../source/source.ts";
import type { Value } from "./value.ts";

/** What a name in a template stands for, or why it stands for nothing. */
export type NameResult =
  | { readonly status: "ok"; readonly value: Value }
  | {
      readonly status: "bad";
      readonly code: DiagnosticCode;
      readonly message: string;
      readonly hint?: string;
    };

/** The names that templates of one stack may use. */
export interface TemplateScope {
  /** A dotted name, such as `vars.region` or `outputs.raw.bucket`, with its coordinates, and where it is written. */
  readonly name: (
    path: readonly string[],
    coordinates: ReadonlyMap<string, Value>,
    range: Range,
  ) => NameResult;
  /** A file or folder beside the spec. */
  readonly file: (path: string) => NameResult;
}
