import type { Scalar } from "../spec/node.ts";

/** A template as it was written, cut into literal text and what stands between the braces. */
export interface Template {
  readonly parts: readonly (string | TemplateCall)[];
}

/**
 * One `{{...}}` or `(...)`: a path alone, or a helper with arguments. `source` is its own text and `offset` where
 * that begins in the template, for pointing at it.
 */
export interface TemplateCall {
  readonly path: readonly string[];
  readonly arguments: readonly TemplateArgument[];
  readonly coordinates: ReadonlyMap<string, TemplateArgument>;
  readonly source: string;
  readonly offset: number;
}

export type TemplateArgument =
  | { readonly kind: "literal"; readonly value: Scalar }
  | { readonly kind: "call"; readonly call: TemplateCall };

/** A template, or the one thing that is wrong with its text. */
export type ParsedTemplate =
  | { readonly status: "ok"; readonly template: Template }
  | {
      readonly status: "bad";
      readonly message: string;
      readonly hint: string;
      readonly source: string | undefined;
      readonly offset: number;
    };
