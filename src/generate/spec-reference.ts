import { byCodePoint } from "../text/compare.ts";

/** As much of a JSON schema as a reference needs. */
export interface ReferenceSchema {
  readonly $ref?: string;
  readonly definitions?: Readonly<Record<string, ReferenceSchema>>;
  readonly properties?: Readonly<Record<string, ReferenceSchema>>;
  readonly additionalProperties?: ReferenceSchema | boolean;
  readonly items?: ReferenceSchema;
  readonly anyOf?: readonly ReferenceSchema[];
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly required?: readonly string[];
  readonly description?: string;
  readonly default?: unknown;
}

/** One table of keys: its heading, and the definition of the schema that it shows. */
export interface ReferenceTable {
  readonly heading: string;
  readonly definition: string;
}

/** Every key of the spec language in Markdown tables, one line per key, from the schema that editors use. */
export function specReference(schema: ReferenceSchema, tables: readonly ReferenceTable[]): string {
  return tables
    .map(({ heading, definition }) => {
      const { properties = {}, required = [] } = schema.definitions?.[definition] ?? {};
      const rows = Object.entries(properties).map(([key, property]) =>
        row(key, property, required.includes(key)),
      );
      return `### ${heading}\n\n| Key | Takes | What it is |\n|---|---|---|\n${rows.join("\n")}`;
    })
    .join("\n\n");
}

/** The definitions with keys that no table shows, in order: nothing is to be forgotten. */
export function unshownDefinitions(
  schema: ReferenceSchema,
  tables: readonly ReferenceTable[],
): readonly string[] {
  const shown = new Set(tables.map(({ definition }) => definition));
  return Object.entries(schema.definitions ?? {})
    .filter(([name, { properties }]) => properties !== undefined && !shown.has(name))
    .map(([name]) => name)
    .sort(byCodePoint);
}

function row(key: string, property: ReferenceSchema, isRequired: boolean): string {
  const remarks = [
    property.description ?? "",
    isRequired ? "Required." : "",
    property.default === undefined ? "" : `Default: \`${JSON.stringify(property.default)}\`.`,
  ];
  const what = remarks.filter((remark) => remark !== "").join(" ");
  return `| \`${key}\` | ${cell(takes(property))} | ${cell(what)} |`;
}

function takes(schema: ReferenceSchema): string {
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  if (schema.enum) return schema.enum.map((one) => `\`${String(one)}\``).join(", ");
  if (schema.$ref !== undefined) return wordFor(schema.$ref.slice("#/definitions/".length));
  if (schema.anyOf)
    return schema.anyOf
      .filter(({ type }) => type !== "null")
      .map(takes)
      .join(" or ");
  if (schema.items) return `list of ${takes(schema.items)}`;
  if (schema.properties) return "map";
  if (typeof schema.additionalProperties === "object") {
    const inner = takes(schema.additionalProperties);
    return inner === "anything" ? "map" : `map of ${inner}`;
  }
  if (schema.type === undefined) return "anything";
  return [schema.type].flat().map(typeWord).join(" or ");
}

function typeWord(type: string): string {
  return { string: "text", boolean: "true or false", array: "list", object: "map" }[type] ?? type;
}

function wordFor(definition: string): string {
  const word = definition
    .replace(/^Written/, "")
    .replace(/(?<=[a-z0-9])(?=[A-Z])/g, " ")
    .toLowerCase();
  if (word === "name" || word === "identifier") return word;
  if (word === "role arn" || word === "uuid") return "text";
  if (word === "vars" || word === "arguments") return "map";
  return `[${word}](#${word.replaceAll(" ", "-")})`;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}
