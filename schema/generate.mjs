// Writes schema/*.schema.json from what people write, as src/spec says it; with --check only compares.
import { readFileSync, writeFileSync } from "node:fs";
import { createGenerator } from "ts-json-schema-generator";

const SCHEMAS = [
  { file: "platform.schema.json", path: "src/spec/written.ts", type: "WrittenPlatform", title: "platc platform" },
  {
    file: "rehearsal.schema.json",
    path: "src/spec/written-rehearsal.ts",
    type: "WrittenRehearsal",
    title: "platc rehearsal",
  },
];

for (const { file, path, type, title } of SCHEMAS) {
  const target = new URL(file, import.meta.url);
  const text = schemaText(path, type, title);
  if (!process.argv.includes("--check")) writeFileSync(target, text);
  else if (readFileSync(target, "utf8") !== text) {
    console.error(`schema/${file} is not what ${path} says: run 'npm run schema'`);
    process.exitCode = 1;
  }
}

function schemaText(path, type, title) {
  const schema = createGenerator({
    path,
    tsconfig: "schema/tsconfig.json",
    type,
    expose: "all",
    topRef: true,
    jsDoc: "extended",
    additionalProperties: false,
    markdownDescription: true,
    extraTags: ["patternErrorMessage"],
    skipTypeCheck: true,
  }).createSchema(type);
  return `${JSON.stringify({ ...schema, title }, null, 2)}\n`;
}
