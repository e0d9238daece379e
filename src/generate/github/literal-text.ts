/**
 * Text that GitHub takes as it is, wherever it evaluates expressions: what would begin one is taken apart, and its second
 * half comes out of an expression that holds nothing but a brace.
 */
export function literalText(text: string): string {
  return text.replaceAll("${{", () => "$${{ '{' }}{");
}
