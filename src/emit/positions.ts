import { hclString } from "../plans/hcl-string.ts";

declare const position: unique symbol;

/** Text for a place where Terraform reads templates: literal text is escaped, expressions stand in `${}`. */
export type TemplateText = string & { readonly [position]: "template" };
/** Text for a place that Terraform takes as it is: sources, versions, backends, defaults, descriptions. */
export type LiteralText = string & { readonly [position]: "literal" };
/** An address or expression for a place that takes it without `${}`: depends_on, provider, moved. */
export type BareReference = string & { readonly [position]: "bare" };
export type JsonText = TemplateText | LiteralText | BareReference;

/** A piece of a template: text as the user typed it, or a Terraform expression. */
export type TemplatePart =
  { readonly kind: "text"; readonly text: string } | { readonly kind: "expression"; readonly hcl: string };

export function literal(text: string): LiteralText {
  return text as LiteralText;
}

export function bare(reference: string): BareReference {
  return reference as BareReference;
}

/** One expression alone, which keeps its type. */
export function expression(hcl: string): TemplateText {
  return `\${${hcl}}` as TemplateText;
}

/** Text in a place where Terraform reads templates; it arrives there as it was typed. */
export function text(typed: string): TemplateText {
  return template([{ kind: "text", text: typed }]);
}

/** Text and expressions one after the other. */
export function template(parts: readonly TemplatePart[]): TemplateText {
  const spelt = parts.map((part, index) => {
    if (part.kind === "expression") return `\${${part.hcl}}`;
    return escapeText(part.text, parts[index + 1]?.kind === "expression");
  });
  return spelt.join("") as TemplateText;
}

/**
 * `${` and `%{` are doubled at their first character. A run of `$` or `%` before another escape, or a `$` right
 * before an expression, would be read as an escape itself, so such a run is written as an expression.
 */
function escapeText(typed: string, isBeforeExpression: boolean): string {
  const escaped = typed.replace(/([$%]+)\{/g, (_match, run: string) =>
    run.length === 1 ? `${run}${run}{` : `\${${hclString(run)}}{`,
  );
  if (!isBeforeExpression) return escaped;
  return escaped.replace(/[$%]+$/, (run) => `\${${hclString(run)}}`);
}
