// Writes schema/platform.schema.json from src/spec/written.ts; with --check only compares.
import { readFileSync, writeFileSync } from "node:fs";
import { createGenerator } from "ts-json-schema-generator";

const target = new URL("platform.schema.json", import.meta.url);
const schema = createGenerator({
  path: "src/spec/written.ts",
  tsconfig: "schema/tsconfig.json",
  type: "WrittenPlatform",
  expose: "all",
  topRef: true,
  jsDoc: "extended",
  additionalProperties: false,
  markdownDescription: true,
  extraTags: ["patternErrorMessage"],
  skipTypeCheck: true,
}).createSchema("WrittenPlatform");
schema.$id = "https://platc.dev/schema/platform.schema.json";
schema.title = "platc platform";
delete schema.$id;
const text = `${JSON.stringify(schema, null, 2)}\n`;
if (process.argv.includes("--check")) {
  if (readFileSync(target, "utf8") !== text) {
    console.error("schema/platform.schema.json is not what src/spec/written.ts says: run 'npm run schema'");
    process.exit(1);
  }
} else writeFileSync(target, text);
