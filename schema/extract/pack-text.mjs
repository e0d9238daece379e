/** A pack as text: one line for each type, sorted, so that a diff shows the types that changed. */
export function packText({ schema, ...header }) {
  const lines = Object.entries(header).map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)}`);
  const sections = ["resource_schemas", "data_source_schemas", "ephemeral_resource_schemas"].flatMap((key) => {
    const types = Object.keys(schema[key] ?? {}).sort();
    if (types.length === 0) return [];
    const rows = types.map((type) => `    ${JSON.stringify(type)}: ${JSON.stringify(sorted(schema[key][type]))}`);
    return [`  ${JSON.stringify(key)}: {\n${rows.join(",\n")}\n  }`];
  });
  const provider = `  "provider": ${JSON.stringify(sorted(schema.provider))}`;
  return `{\n${[...lines, provider, ...sections].join(",\n")}\n}\n`;
}

/**
 * Without what a rehearsal does not read: texts for people, and what says no more than its absence. The only arrays are
 * types, which hold names of attributes and no texts.
 */
function sorted(value) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const kept = Object.entries(value).filter(([key, one]) => !isNoise(key, one));
  return Object.fromEntries(kept.sort(([left], [right]) => (left < right ? -1 : 1)).map(([key, one]) => [key, sorted(one)]));
}

function isNoise(key, value) {
  if (key === "description_kind" && typeof value === "string") return true;
  if (key === "description" && typeof value === "string") return true;
  if (key === "deprecated" && value === true) return true;
  return (key === "attributes" || key === "block_types") && Object.keys(value).length === 0;
}
