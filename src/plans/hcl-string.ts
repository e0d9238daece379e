/**
 * A quoted HCL string that means exactly this text. `${` and `%{` are broken by a unicode escape of their first
 * character: doubling it (`$${`) would be misread after another `$`.
 */
export function hclString(text: string): string {
  return `"${text.replace(/["\\]|[$%](?=\{)|[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]/g, escaped)}"`;
}

const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  "\\": "\\\\",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
};

function escaped(character: string): string {
  return SHORT_ESCAPES[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
