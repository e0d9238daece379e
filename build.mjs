// Makes what is not committed: the spec validator from the schema, then dist/ with one entry for the command,
// one for the programmatic door, one for the process of a rehearsal, and chunks for what commands load lazily.
import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Ajv } from "ajv";
import standalone from "ajv/dist/standalone/index.js";
import { build } from "esbuild";

const schema = JSON.parse(readFileSync(new URL("schema/platform.schema.json", import.meta.url), "utf8"));
const ajv = new Ajv({
  allErrors: true,
  verbose: true,
  inlineRefs: false,
  strict: false,
  code: { source: true, esm: true, lines: true },
});
const validator = standalone.default(ajv, ajv.compile(schema));
writeFileSync(new URL("src/spec/platform-validator.generated.js", import.meta.url), validator);

if (!process.argv.includes("--validator")) {
  rmSync("dist", { recursive: true, force: true });
  await build({
    entryPoints: ["src/main.ts", "src/index.ts", "src/rehearsal/provider-main.ts"],
    outdir: "dist",
    entryNames: "[name]",
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20",
    chunkNames: "chunks/[name]-[hash]",
    external: ["@cdktf/hcl2json", "@duckdb/node-api", "pg"],
    banner: {
      js: 'import { createRequire as platcRequire } from "node:module"; const require = platcRequire(import.meta.url);',
    },
    legalComments: "none",
    // Names stay, for stack traces.
    minifyWhitespace: true,
    minifySyntax: true,
    logLevel: "warning",
  });
  const tsc = new URL("node_modules/typescript/bin/tsc", import.meta.url);
  execFileSync(process.execPath, [fileURLToPath(tsc), "-p", "src/tsconfig.types.json"], { stdio: "inherit" });
}
