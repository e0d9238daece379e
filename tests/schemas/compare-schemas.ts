import type {
  AttributeJson,
  BlockJson,
  NestedBlockJson,
  ProviderSchemaJson,
} from "../../src/provider/read-provider-schema.ts";

/** One attribute, block or type that two schemas do not agree on. */
export interface Difference {
  readonly path: string;
  readonly what: string;
}

export interface Comparison {
  /** How many attributes and blocks the real schema has. */
  readonly fields: number;
  readonly differences: readonly Difference[];
}

const SECTIONS = {
  resource_schemas: "resource",
  data_source_schemas: "data",
  ephemeral_resource_schemas: "ephemeral",
} as const;

/** Compares the types that the real schema has; `sensitive` and the version of states where they are `marked`. */
export function compareSchemas(
  read: ProviderSchemaJson,
  real: ProviderSchemaJson,
  { marked }: { readonly marked: boolean },
): Comparison {
  let fields = 0;
  const differences: Difference[] = [];
  const note = (path: string, what: string): void => void differences.push({ path, what });
  const flags = ["required", "optional", "computed", "write_only", ...(marked ? ["sensitive" as const] : [])];

  const compareBlocks = (path: string, ours: BlockJson = {}, theirs: BlockJson = {}): void => {
    for (const [name, attribute] of Object.entries(theirs.attributes ?? {}))
      compareAttributes(`${path}.${name}`, ours.attributes?.[name], attribute);
    for (const [name, nested] of Object.entries(theirs.block_types ?? {}))
      compareNested(`${path}.${name}`, ours.block_types?.[name], nested);
    const known = new Set([
      ...Object.keys(theirs.attributes ?? {}),
      ...Object.keys(theirs.block_types ?? {}),
    ]);
    for (const name of [...Object.keys(ours.attributes ?? {}), ...Object.keys(ours.block_types ?? {})])
      if (!known.has(name)) note(`${path}.${name}`, "extra");
  };
  const compareAttributes = (path: string, ours: AttributeJson | undefined, theirs: AttributeJson): void => {
    fields++;
    if (ours === undefined) return note(path, "missing attribute");
    for (const flag of flags as readonly (keyof AttributeJson)[])
      if ((ours[flag] ?? false) !== (theirs[flag] ?? false)) note(path, flag);
    if (sorted(ours.type) !== sorted(theirs.type) || sorted(ours.nested_type) !== sorted(theirs.nested_type))
      note(path, "type");
  };
  const compareNested = (path: string, ours: NestedBlockJson | undefined, theirs: NestedBlockJson): void => {
    fields++;
    if (ours === undefined) return note(path, "missing block");
    if (ours.nesting_mode !== theirs.nesting_mode) note(path, "mode");
    const counts = (one: NestedBlockJson): string => `${one.min_items ?? 0}..${one.max_items ?? 0}`;
    if (counts(ours) !== counts(theirs)) note(path, "count");
    compareBlocks(path, ours.block, theirs.block);
  };

  compareBlocks("provider", read.provider?.block, real.provider?.block);
  for (const [section, word] of Object.entries(SECTIONS) as [keyof typeof SECTIONS, string][])
    for (const [type, theirs] of Object.entries(real[section] ?? {})) {
      const ours = read[section]?.[type];
      if (marked && (ours?.version ?? 0) !== (theirs.version ?? 0)) note(`${word} ${type}`, "version");
      compareBlocks(`${word} ${type}`, ours?.block, theirs.block);
    }
  return { fields, differences };
}

function sorted(type: unknown): string {
  return JSON.stringify(type, (_, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)))
      : value,
  );
}
