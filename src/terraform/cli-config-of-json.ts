/** Blocks of the CLI configuration whose key in JSON is a label in HCL. */
const LABELLED = new Set(["credentials", "credentials_helper", "host"]);

/** A CLI configuration written in JSON (`.tfrc.json`) as HCL, so that it can stand in one file with others. */
export function cliConfigOfJson(json: unknown): string {
  if (!isObject(json)) return "";
  return Object.entries(json)
    .filter(([key]) => key !== "provider_installation")
    .flatMap(([key, value]) =>
      LABELLED.has(key) && isObject(value)
        ? Object.entries(value).map(([label, body]) => `${key} ${quote(label)} ${hclValue(body)}\n`)
        : [`${key} = ${hclValue(value)}\n`],
    )
    .join("");
}

function hclValue(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(hclValue).join(", ")}]`;
  if (isObject(value)) {
    const lines = Object.entries(value).map(([key, inner]) => `  ${quote(key)} = ${hclValue(inner)}\n`);
    return `{\n${lines.join("")}}`;
  }
  return typeof value === "string" ? quote(value) : String(value);
}

/** A string as HCL writes it; JSON's escapes are HCL's. */
export function quote(text: string): string {
  return JSON.stringify(text);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
