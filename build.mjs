// Bundles src/ into dist/: one entry for the command, one for the programmatic door, chunks for what commands load lazily.
import { rmSync } from "node:fs";
import { build } from "esbuild";

rmSync("dist", { recursive: true, force: true });
await build({
  entryPoints: ["src/main.ts", "src/index.ts"],
  outdir: "dist",
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20",
  chunkNames: "chunks/[name]-[hash]",
  external: ["@cdktf/hcl2json"],
  banner: {
    js: 'import { createRequire as platcCreateRequire } from "node:module"; const require = platcCreateRequire(import.meta.url);',
  },
  legalComments: "none",
  minifySyntax: true,
  logLevel: "warning",
});
