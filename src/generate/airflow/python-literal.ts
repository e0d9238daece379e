/** Data that Python can write as a literal. */
export type PythonValue =
  string | number | boolean | null | readonly PythonValue[] | { readonly [key: string]: PythonValue };

/** Data as a Python literal in plain ASCII: no text in it can end the literal, or be read as code. */
export function pythonLiteral(value: PythonValue, indent = ""): string {
  if (value === null) return "None";
  if (typeof value === "string") return pythonText(value);
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "number") return String(value);
  if (isList(value)) return list(value, indent);
  const inner = `${indent}    `;
  const entries = Object.entries(value).map(
    ([key, item]) => `${inner}${pythonText(key)}: ${pythonLiteral(item, inner)},\n`,
  );
  return entries.length === 0 ? "{}" : `{\n${entries.join("")}${indent}}`;
}

function isList(value: PythonValue): value is readonly PythonValue[] {
  return Array.isArray(value);
}

function list(items: readonly PythonValue[], indent: string): string {
  const inner = `${indent}    `;
  const line = `[${items.map((item) => pythonLiteral(item, inner)).join(", ")}]`;
  if (line.length + indent.length <= 90 && !line.includes("\n")) return line;
  return `[\n${items.map((item) => `${inner}${pythonLiteral(item, inner)},\n`).join("")}${indent}]`;
}

function pythonText(text: string): string {
  let result = "";
  for (const sign of text) result += spelled(sign);
  return `"${result}"`;
}

/** By code point: what Python calls one character is one escape. */
function spelled(sign: string): string {
  const code = sign.codePointAt(0)!;
  if (sign === '"' || sign === "\\") return `\\${sign}`;
  if (sign === "\n") return "\\n";
  if (code >= 0x20 && code < 0x7f) return sign;
  if (code > 0xffff) return `\\U${code.toString(16).padStart(8, "0")}`;
  return `\\u${code.toString(16).padStart(4, "0")}`;
}
