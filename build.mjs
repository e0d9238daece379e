// Makes what is not committed: the spec validator from the schema, then dist/ with one entry for the command,
// one for the programmatic door, one for the process of a rehearsal, and chunks for what commands load lazily.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
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
  const { outputFiles } = await build({
    write: false,
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
  replaceFiles("dist", outputFiles);
  const tsc = new URL("node_modules/typescript/bin/tsc", import.meta.url);
  execFileSync(process.execPath, [fileURLToPath(tsc), "-p", "src/tsconfig.types.json"], { stdio: "inherit" });
}

/**
 * Makes a folder hold these files. What is the same stays untouched, since a platc that runs from here loads its chunks
 * when it needs them, and npx builds again whatever it is called for the first time.
 */
function replaceFiles(folder, files) {
  for (const { path, contents } of files) {
    if (existsSync(path) && readFileSync(path).equals(contents)) continue;
    mkdirSync(dirname(path), { recursive: true });
    const draft = `${path}.${process.pid}.tmp`;
    writeFileSync(draft, contents);
    renameSync(draft, path);
  }
  const kept = new Set(files.map(({ path }) => relative(folder, path)));
  for (const path of existsSync(folder) ? readdirSync(folder, { recursive: true }) : [])
    if (path.endsWith(".js") && !kept.has(path)) rmSync(join(folder, path));
  rmSync(join(folder, "types"), { recursive: true, force: true });
}
