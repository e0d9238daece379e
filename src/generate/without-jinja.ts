/**
 * SQL in which no literal opens an expression of Jinja: `'{{'` becomes `('{' || '{')`, which is the same text. A name
 * with such signs cannot be spelt otherwise, and is refused.
 */
export function withoutJinja(sql: string): string {
  return sql.replace(/'(?:[^']|'')*'|"(?:[^"]|"")*"/g, (quoted) => {
    if (!/\{[{%#]/.test(quoted)) return quoted;
    if (quoted.startsWith('"')) throw new JinjaNameError(quoted);
    return `(${quoted.replace(/\{(?=[{%#])/g, "{' || '")})`;
  });
}

/** A name of a column that dbt would read as an expression. */
export class JinjaNameError extends Error {
  override readonly name = "JinjaNameError";

  constructor(name: string) {
    super(`dbt would read the name ${name} as an expression`);
  }
}
